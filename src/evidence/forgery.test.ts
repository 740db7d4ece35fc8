import { beforeAll, describe, expect, test } from 'vitest';
import { createEvidence, type EvidenceFixture } from '../../test/evidence-fixture.ts';
import {
  approveLate,
  edited,
  NOW,
  OTHER,
  refusalOfEvidence,
  reprove,
} from '../../test/forgery-fixture.ts';
import type { Trust } from '../core/genesis.ts';
import { type Approval, approval as approvalReader } from '../core/manifest.ts';
import type { PersonId, ReleaseId } from '../core/names.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { encodeApproval } from './approval-statement.ts';
import type { Evidence } from './bundle.ts';
import { verifyEvidence } from './verify.ts';

let fine: EvidenceFixture;
let foreign: EvidenceFixture;
beforeAll(async () => {
  [fine, foreign] = await Promise.all([createEvidence(), createEvidence()]);
});

const verify = (bundle: Evidence, trust: Trust | null = fine.trust, now = NOW) =>
  verifyEvidence(nodeCrypto, bundle, { trust, now });
const refusalOf = (bundle: Evidence, trust: Trust | null = fine.trust, now = NOW) =>
  refusalOfEvidence(bundle, trust, now);

describe('promise 1: a forged approval', () => {
  test.each<[string, Partial<Approval>, string]>([
    ['manifest', { manifest: OTHER }, 'the approval is for another manifest: expected'],
    ['instance', { genesis: OTHER }, 'the approval is for another instance: expected'],
    [
      'release',
      { release: '00000000-0000-7000-8000-000000000000' as ReleaseId },
      'the approval is for another release: expected',
    ],
    ['attempt', { attempt: 2 }, 'the approval is for another attempt: expected 1, found 2'],
    [
      'person',
      { person: 'alice' as PersonId },
      'the approval is for another person: expected bob, found alice',
    ],
  ])('made for another %s', async (_, changes, message) => {
    const forged = await createEvidence({
      approval: (approval, person) => (person === 'bob' ? { ...approval, ...changes } : approval),
    });
    expect(await refusalOf(forged.bundle, forged.trust)).toContain(`signature-invalid: ${message}`);
  });

  test('made for other bytes', async () => {
    const [first, second] = fine.bundle.approvals;
    if (first === undefined || second === undefined) throw new Error('no approvals');
    const { predicate } = decodeStatement(first.envelope.payload);
    const artifacts = fine.manifest.artifacts.map((one) => ({ ...one, sha256: OTHER }));
    const payload = encodeApproval(
      { ...fine.manifest, artifacts },
      fine.manifestDigest,
      approvalReader(predicate, 'approval'),
    );
    const approvals = [fine.keys.bob.sign('approval', payload), second];
    expect(await refusalOf({ ...fine.bundle, approvals })).toContain(
      'signature-invalid: the approval is for another set of artifacts',
    );
  });

  test('made for another purpose, or under another namespace', async () => {
    const [first, second] = fine.bundle.approvals;
    if (first === undefined || second === undefined) throw new Error('no approvals');
    const sessions = [fine.keys.bob.sign('session', first.envelope.payload), second];
    expect(await refusalOf({ ...fine.bundle, approvals: sessions })).toContain(
      'the signature is for namespace "session@countersign", expected "approval@countersign"',
    );
    expect(await refusalOf({ ...fine.bundle, approvals: [fine.opening, second] })).toBe(
      'malformed-document: the statement is a "urn:countersign:open:v1", expected "urn:countersign:approval:v1"',
    );
    expect(await refusalOf({ ...fine.bundle, statements: [first] })).toContain(
      'a statement is neither opening, grant nor adoption',
    );
  });

  test('signed by a key that the roster does not have', async () => {
    const [first, second] = fine.bundle.approvals;
    if (first === undefined || second === undefined) throw new Error('no approvals');
    const stranger = foreign.keys.bob.sign('approval', first.envelope.payload);
    expect(await refusalOf({ ...fine.bundle, approvals: [stranger, second] })).toContain(
      'signature-invalid: expected a signature by a key of the roster (version 1)',
    );
  });

  test('by the requester, or by one person twice, makes no quorum', async () => {
    const own = await createEvidence({ approvers: ['alice', 'bob'] });
    expect(await refusalOf(own.bundle, own.trust)).toBe(
      'quorum-unmet: the signatures do not make a quorum: missing 1 more of 2 people (not counted: alice is the requester, whom the policy excludes)',
    );
    const twice = await createEvidence({
      approvers: ['bob', 'bob'],
      approval: (approval) => approval,
    });
    expect(await refusalOf(twice.bundle, twice.trust)).toContain('missing 1 more of 2 people');
  });

  test('a rejection among them ends it', async () => {
    const said = await createEvidence({
      approvers: ['bob', 'carol', 'alice'],
      approval: (one, person) => (person === 'alice' ? { ...one, decision: 'reject' } : one),
    });
    expect(await refusalOf(said.bundle, said.trust)).toBe(
      'quorum-unmet: alice rejected the release',
    );
  });

  test('recorded after the credential was used is too late', async () => {
    const late = await createEvidence({ approvers: ['bob'] });
    const [bob] = late.bundle.approvals;
    if (bob === undefined) throw new Error('no approval');
    const carol = await approveLate(late, 'carol');
    const places = { genesis: 0, manifest: 2, 'approval-1': 3, 'credential-used': 4 };
    const bundle = await reprove(late, [bob, carol], { ...places, 'approval-2': 5 });
    expect(await refusalOf(bundle, late.trust)).toBe(
      'evidence-invalid: the approval of carol came after the credential was used',
    );
  });

  test('that the ledger does not hold is refused, and so is one recorded before the manifest', async () => {
    const { proofs } = fine.bundle;
    expect(
      await refusalOf({
        ...fine.bundle,
        proofs: proofs.filter((one) => one.name !== 'approval-2'),
      }),
    ).toContain(
      'expected one proven ledger entry approval-2 of kind approval-recorded, found none',
    );
    const swapped = proofs.map((one) => {
      const names: Record<string, string> = {
        'approval-1': 'approval-2',
        'approval-2': 'approval-1',
      };
      return { ...one, name: names[one.name] ?? one.name };
    });
    expect(await refusalOf({ ...fine.bundle, proofs: swapped })).toBe(
      'evidence-invalid: approval 1 is not the one that the ledger recorded after the manifest',
    );
  });
});

describe('promise 1: a forged manifest or report, signed by people who were deceived', () => {
  test.each<[string, Parameters<typeof createEvidence>[0], string]>([
    [
      'the requester left out',
      { manifest: (one) => ({ ...one, requesters: [] }), approvers: ['alice', 'bob'] },
      'the manifest names other requesters than the signed statements',
    ],
    [
      'another requester named',
      {
        manifest: (one) => ({
          ...one,
          requesters: one.requesters.map((asked) => ({ ...asked, person: 'carol' as PersonId })),
        }),
        approvers: ['alice', 'bob'],
      },
      'found carol opener',
    ],
    [
      'an upstream repointed',
      {
        manifest: (one) => ({
          ...one,
          upstreams: one.upstreams.map((up) => ({ ...up, url: 'http://127.0.0.1:6666/' })),
        }),
      },
      'upstream npm-private is http://127.0.0.1:4873/ (publish) in the signed rules, the manifest says http://127.0.0.1:6666/',
    ],
    [
      'a package of somebody else',
      {
        manifest: (one) => ({
          ...one,
          artifacts: one.artifacts.map((item) => ({ ...item, package: 'left-pad' })),
        }),
      },
      'left-pad does not belong to aitbc',
    ],
    ['no artifacts', { manifest: (one) => ({ ...one, artifacts: [] }) }, 'names no artifacts'],
    [
      'a dist-tag on a version that is not in it',
      {
        manifest: (one) => ({
          ...one,
          distTags: one.distTags.map((tag) => ({ ...tag, to: '0.0.1' })),
        }),
      },
      'dist-tag latest would move to @aitbc/explorer-web 0.0.1, which is not in this release',
    ],
    [
      'another version than the tag',
      { manifest: (one) => ({ ...one, version: '1.2.4' }) },
      '1.2.4',
    ],
    [
      'other rules',
      { manifest: (one) => ({ ...one, policy: { ...one.policy, document: OTHER } }) },
      'the manifest was made under rules that are not the signed ones',
    ],
    [
      'another roster',
      { manifest: (one) => ({ ...one, roster: { ...one.roster, document: OTHER } }) },
      'the manifest was made under a roster that is not the signed one',
    ],
    [
      'another instance',
      { manifest: (one) => ({ ...one, genesis: OTHER }) },
      'the manifest belongs to another instance',
    ],
    [
      'a policy that the project does not have',
      { manifest: (one) => ({ ...one, policy: { ...one.policy, name: 'lax' } }) },
      'project aitbc has no policy lax',
    ],
    [
      'a commit that the opener did not name',
      {
        manifest: (one) => ({ ...one, commit: null }),
        report: (one) => ({ ...one, inputs: { ...one.inputs, commit: null } }),
      },
      'the opening statement is about another commit',
    ],
    [
      'a report about other bytes',
      {
        report: (one) => ({
          ...one,
          artifacts: one.artifacts.map((item) => ({ ...item, sha256: OTHER })),
        }),
      },
      'the inspection report does not cover aitbc-explorer-web-1.2.3.tgz',
    ],
    [
      'a report with something unread',
      { report: (one) => ({ ...one, unread: [{ path: 'x', reason: 'crashed' }] }) },
      'the report says indeterminate',
    ],
  ])('%s', async (_, options, message) => {
    const forged = await createEvidence(options);
    expect(await refusalOf(forged.bundle, forged.trust)).toContain(message);
  });

  const finding = (effect: 'hold' | 'reject') => ({
    rule: 'npm-token',
    category: 'secret' as const,
    severity: 'critical' as const,
    confidence: 'proven' as const,
    effect,
    path: 'index.js',
    line: 1,
    column: 1,
    message: 'a token',
    fingerprint: 'f1',
  });

  test('a report that refuses cannot be signed away, a finding that holds must be acknowledged', async () => {
    const refused = await createEvidence({
      report: (one) => ({ ...one, findings: [finding('reject')], verdict: 'reject' }),
    });
    expect(await refusalOf(refused.bundle, refused.trust)).toContain('the report says reject');
    const held = await createEvidence({
      report: (one) => ({ ...one, findings: [finding('hold')], verdict: 'hold' }),
      approval: (one, person) => (person === 'bob' ? { ...one, acknowledged: [] } : one),
    });
    expect(await refusalOf(held.bundle, held.trust)).toContain(
      'missing 1 more of 2 people (not counted: bob did not acknowledge f1)',
    );
  });

  test('a rule that may be waived needs a reason inside each signature', async () => {
    const options = (reason: string): Parameters<typeof createEvidence>[0] => ({
      policy: { waivable: ['npm-token'] },
      report: (one) => ({ ...one, findings: [finding('reject')], verdict: 'reject' }),
      manifest: (one) => ({ ...one, inspection: { ...one.inspection, verdict: 'hold' } }),
      approval: (one) => ({ ...one, waived: [{ finding: 'f1', reason }] }),
    });
    const waived = await createEvidence(options('a sample from the documentation'));
    expect((await verify(waived.bundle, waived.trust)).quorum.met).toBe(true);
    const silent = await createEvidence(options(' '));
    expect(await refusalOf(silent.bundle, silent.trust)).toContain(
      'bob did not waive f1 with a reason',
    );
  });

  test('a report that was swapped or edited is not the one that the manifest names', async () => {
    const other = await createEvidence({ artifact: new Uint8Array([1]) });
    const softer = edited(fine.bundle.report, (report: Record<string, unknown>) => {
      report['ruleSet'] = '2';
    });
    for (const report of [other.bundle.report, softer]) {
      expect(await refusalOf({ ...fine.bundle, report })).toBe(
        'evidence-invalid: the inspection report is not the one that the manifest names',
      );
    }
  });
});
