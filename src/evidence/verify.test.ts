import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createEvidence,
  digestOf,
  type EvidenceFixture,
  type Founder,
} from '../../test/evidence-fixture.ts';
import { generateNoteSigner } from '../../test/tlog-fixture.ts';
import { isCountersignError } from '../core/errors.ts';
import type { Trust } from '../core/genesis.ts';
import type { LedgerEntry } from '../core/ledger-entry.ts';
import type { Approval } from '../core/manifest.ts';
import { approval as approvalReader } from '../core/manifest.ts';
import type { PersonId, ReleaseId, Sha256 } from '../core/names.ts';
import { encodeBase64, encodeHex } from '../formats/base64.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { decodeUtf8 } from '../formats/text.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { formatVerifierKey } from '../tlog/note-key.ts';
import { consistencyProof } from '../tlog/tree.ts';
import { encodeApproval } from './approval-statement.ts';
import { type Evidence, formatEvidence, parseEvidence } from './bundle.ts';
import type { SignedStatement } from './signed-statement.ts';
import { matchFiles, verifyEvidence } from './verify.ts';

const NOW = '2026-03-01T13:00:00.000Z';
const OTHER = 'c'.repeat(64) as Sha256;

let fine: EvidenceFixture;
let foreign: EvidenceFixture;
beforeAll(async () => {
  [fine, foreign] = await Promise.all([createEvidence(), createEvidence()]);
});

const verify = (bundle: Evidence, trust: Trust | null = fine.trust, now = NOW) =>
  verifyEvidence(nodeCrypto, bundle, { trust, now });

/** Code and message of the refusal; fails where there is none. */
async function refusalOf(bundle: Evidence, trust: Trust | null = fine.trust, now = NOW) {
  try {
    await verify(bundle, trust, now);
  } catch (error) {
    if (isCountersignError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('the evidence verifies');
}

/** Another text, edited as JSON and printed canonically again. */
function edited(text: string, edit: (value: Record<string, never>) => void): string {
  const value = JSON.parse(text);
  edit(value);
  return decodeUtf8(encodeCanonical(value));
}

/** The bundle proven anew against the whole log; `places` says where each name stands. */
async function reprove(
  of: EvidenceFixture,
  approvals: readonly SignedStatement[],
  places: Readonly<Record<string, number>>,
): Promise<Evidence> {
  const sizes = new Set(
    approvals.map((one) => {
      const { predicate } = decodeStatement(one.envelope.payload);
      return approvalReader(predicate, 'approval').checkpointSeen.size;
    }),
  );
  const proofs = Object.entries(places).map(async ([name, index]) => ({
    name,
    entry: decodeUtf8(of.log.entries[index] ?? new Uint8Array()),
    proof: await of.log.proof(index),
  }));
  const size = of.log.entries.length;
  const consistency = [...sizes].map(async (from) => ({
    from,
    hashes: (await consistencyProof(nodeCrypto, from, size, of.log.readNode)).map(encodeBase64),
  }));
  return {
    ...of.bundle,
    approvals,
    proofs: await Promise.all(proofs),
    consistency: await Promise.all(consistency),
  };
}

function record(of: EvidenceFixture, entry: Pick<LedgerEntry, 'kind' | 'digests'>): Promise<void> {
  const { release } = of.manifest;
  return of.log.append(
    encodeCanonical({ schema: 'countersign/entry/v1', ids: {}, at: NOW, release, ...entry }),
  );
}

/** One more approval, signed and recorded last. */
async function approveLate(of: EvidenceFixture, person: Founder): Promise<SignedStatement> {
  const [first] = of.bundle.approvals;
  if (first === undefined) throw new Error('no approval to copy');
  const { predicate } = decodeStatement(first.envelope.payload);
  const approval = { ...approvalReader(predicate, 'approval'), person: person as PersonId };
  const payload = encodeApproval(of.manifest, of.manifestDigest, approval);
  await record(of, { kind: 'approval-recorded', digests: { approval: digestOf(payload) } });
  return of.keys[person].sign('approval', payload);
}

describe('promise 1: evidence that holds', () => {
  test('verifies with a trust file from elsewhere, through its text form', async () => {
    const bundle = parseEvidence(formatEvidence(fine.bundle));
    expect(await verify(bundle)).toMatchObject({
      level: 'verified',
      quorum: { met: true, counted: ['bob', 'carol'] },
      used: '2026-03-01T12:10:00.000Z',
      ledger: { origin: 'release.example/ledger', witnesses: [] },
    });
  });

  test('without a trust file it is consistent only, its own and everybody else’s', async () => {
    expect((await verify(fine.bundle, null)).level).toBe('consistent-only');
    expect((await verify(foreign.bundle, null)).level).toBe('consistent-only');
  });

  test('is judged when the credential was used, and at the present time before that', async () => {
    const late = '2026-04-01T12:00:00.000Z';
    expect((await verify(fine.bundle, fine.trust, late)).used).not.toBeNull();
    const unused = await createEvidence({ used: false });
    expect(await verify(unused.bundle, unused.trust)).toMatchObject({ used: null });
    expect(await refusalOf(unused.bundle, unused.trust, late)).toContain(
      'quorum-unmet: the signatures do not make a quorum: missing 2 more of 2 people; 1 more made in a terminal, where digests are recomputed (not counted: bob signature expired',
    );
  });

  test('names the file that it does not speak of', () => {
    const { artifact } = fine;
    const [known] = fine.manifest.artifacts;
    if (known === undefined) throw new Error('no artifact');
    const file = { ...known, path: artifact.file };
    expect(matchFiles(fine.manifest, [file])[0]?.artifact).toBe(known);
    for (const other of [
      { ...file, sha256: OTHER },
      { ...file, sha512: OTHER },
      { ...file, sizeBytes: 1 },
    ]) {
      expect(() => matchFiles(fine.manifest, [other])).toThrow('is none of the 1 artifacts');
    }
  });
});

describe('promise 1: a forged root', () => {
  const genesisText = (edit: (genesis: Record<string, never>) => void): Evidence => ({
    ...fine.bundle,
    genesis: { ...fine.bundle.genesis, document: edited(fine.genesisText, edit) },
  });

  test('a roster with one person more, or another key, is not what the founders signed', async () => {
    const extra = genesisText((genesis: Record<string, unknown>) => {
      const { people } = genesis['roster'] as { people: unknown[] };
      people.push({ id: 'dave', name: 'Dave', groups: ['security-team'], keys: [] });
    });
    const swapped = genesisText((genesis: Record<string, unknown>) => {
      const { people } = genesis['roster'] as { people: { keys: { publicKey: string }[] }[] };
      const [key] = people[1]?.keys ?? [];
      if (key !== undefined) key.publicKey = foreign.keys.bob.publicKey;
    });
    for (const forged of [extra, swapped]) {
      expect(await refusalOf(forged)).toContain('the trust file names genesis');
    }
    expect(await refusalOf(extra, null)).toContain('expected a statement about the instance');
    expect(await refusalOf(swapped, null)).toMatch(/^(signature-invalid|malformed-document): /);
  });

  test('one key for two people is one person too many', async () => {
    const shared = genesisText((genesis: Record<string, unknown>) => {
      const { people } = genesis['roster'] as { people: { keys: unknown[] }[] };
      if (people[1] !== undefined) people[1].keys = people[0]?.keys ?? [];
    });
    expect(await refusalOf(shared, null)).toBe(
      'malformed-document: roster: one key belongs to alice and to bob',
    );
  });

  test('another instance is not the one of the trust file', async () => {
    expect(await refusalOf(foreign.bundle)).toBe(
      `evidence-invalid: the evidence comes from another instance: the trust file names genesis ${fine.genesisDigest}, found ${foreign.genesisDigest}`,
    );
  });

  test('another ledger key than the trust file has is refused', async () => {
    expect(await refusalOf(fine.bundle, { ...fine.trust, ledger: foreign.trust.ledger })).toBe(
      'evidence-invalid: the trust file names another ledger key than the genesis',
    );
  });

  test('each founder must have signed, and only for this genesis', async () => {
    const founding = fine.founding.slice(1);
    const missing = { ...fine.bundle, genesis: { ...fine.bundle.genesis, founding } };
    expect(await refusalOf(missing)).toBe(
      'evidence-invalid: expected the genesis to be signed by each of at least two founders, found 2 of 3; missing: alice',
    );
    const twice = [...founding, ...founding];
    expect(
      await refusalOf({ ...fine.bundle, genesis: { ...fine.bundle.genesis, founding: twice } }),
    ).toContain('missing: alice');
    const grafted = { ...fine.bundle.genesis, founding: foreign.founding };
    expect(await refusalOf({ ...fine.bundle, genesis: grafted })).toContain('signature-invalid');
  });

  test('witnesses that the trust file asks for must have signed', async () => {
    const witness = await generateNoteSigner('witness.example', 'cosignature-v1');
    const witnesses = { quorum: 1, keys: [formatVerifierKey(witness.key)] };
    expect(await refusalOf(fine.bundle, { ...fine.trust, witnesses })).toBe(
      'evidence-invalid: expected cosignatures of 1 witnesses on the checkpoint, found 0',
    );
  });
});

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

describe('promise 3: a forged history', () => {
  test('proofs against different checkpoints are refused', async () => {
    const proofs = await Promise.all(
      fine.bundle.proofs.map(async (one) =>
        one.name === 'genesis' ? { ...one, proof: await fine.log.proof(0, 5) } : one,
      ),
    );
    expect(await refusalOf({ ...fine.bundle, proofs })).toBe(
      'evidence-invalid: the proofs are against different checkpoints',
    );
  });

  test('the genesis must be the first entry, and nothing may stand twice or under another name', async () => {
    const again = await createEvidence({ used: false });
    await record(again, { kind: 'genesis', digests: { genesis: again.genesisDigest } });
    const places = { genesis: 5, manifest: 2, 'approval-1': 3, 'approval-2': 4 };
    expect(await refusalOf(await reprove(again, again.bundle.approvals, places), again.trust)).toBe(
      'evidence-invalid: the first entry of the ledger is not this genesis',
    );
    const [genesis] = fine.bundle.proofs;
    if (genesis === undefined) throw new Error('no proofs');
    expect(await refusalOf({ ...fine.bundle, proofs: [...fine.bundle.proofs, genesis] })).toContain(
      'expected one proven ledger entry genesis of kind genesis, found genesis, genesis',
    );
    const extra = [...fine.bundle.proofs, { ...genesis, name: 'anything' }];
    expect(await refusalOf({ ...fine.bundle, proofs: extra })).toBe(
      'evidence-invalid: expected no proof named "anything", found one',
    );
  });

  test('the proof of another entry of the same kind does not serve', async () => {
    const other = await createEvidence();
    await record(other, { kind: 'manifest-issued', digests: { manifest: OTHER } });
    await record(other, { kind: 'credential-used', digests: { manifest: OTHER } });
    const right = {
      genesis: 0,
      manifest: 2,
      'approval-1': 3,
      'approval-2': 4,
      'credential-used': 5,
    };
    const prove = (changes: Record<string, number>) =>
      reprove(other, other.bundle.approvals, { ...right, ...changes });
    expect((await verify(await prove({}), other.trust)).level).toBe('verified');
    expect(await refusalOf(await prove({ manifest: 6 }), other.trust)).toBe(
      'evidence-invalid: the ledger has another manifest',
    );
    expect(await refusalOf(await prove({ 'credential-used': 7 }), other.trust)).toBe(
      'evidence-invalid: the credential was used for another manifest',
    );
  });

  test('what an approver saw must be a beginning of this log', async () => {
    const seen = (changes: Partial<Approval['checkpointSeen']>) =>
      createEvidence({
        approval: (one, person) =>
          person === 'bob'
            ? { ...one, checkpointSeen: { ...one.checkpointSeen, ...changes } }
            : one,
      });
    const rewritten = await seen({ root: OTHER });
    expect(await refusalOf(rewritten.bundle, rewritten.trust)).toMatch(/^proof-invalid: /);
    const elsewhere = await seen({ origin: 'other.example/ledger' });
    expect(await refusalOf(elsewhere.bundle, elsewhere.trust)).toBe(
      'evidence-invalid: an approver saw another log: other.example/ledger',
    );
    const longer = await seen({ size: 1000 });
    expect(await refusalOf(longer.bundle, longer.trust)).toBe(
      'evidence-invalid: no consistency proof from the checkpoint of size 1000 that an approver saw',
    );
  });

  test('a consistency proof may neither be missing nor be one that nobody needs', async () => {
    const [first, ...others] = fine.bundle.consistency;
    if (first === undefined) throw new Error('no consistency proofs');
    expect(await refusalOf({ ...fine.bundle, consistency: others })).toContain(
      'no consistency proof from the checkpoint of size 3 that an approver saw',
    );
    const twice = [...fine.bundle.consistency, { from: first.from, hashes: [] }];
    expect(await refusalOf({ ...fine.bundle, consistency: twice })).toContain(
      'nobody asked for the consistency proof from size 3',
    );
  });

  test('a log of the same entries under another key is not this log', async () => {
    const proofs = fine.bundle.proofs.map((one, index) => ({
      ...one,
      proof: foreign.bundle.proofs[index]?.proof ?? '',
    }));
    expect(await refusalOf({ ...fine.bundle, proofs })).toMatch(/^(signature|proof)-invalid: /);
    expect(await refusalOf({ ...fine.bundle, proofs: [] })).toContain('has no ledger proofs');
    expect(encodeHex(fine.log.leafHashes[0] ?? new Uint8Array())).toHaveLength(64);
  });
});

describe('promise 3: one flipped byte', () => {
  test('anywhere in the bundle fails it, with and without a trust file', async () => {
    const text = new TextEncoder().encode(formatEvidence(fine.bundle));
    const attempt = async (at: number, bit: number, trust: Trust | null) => {
      const bytes = text.slice();
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      try {
        await verify(parseEvidence(new TextDecoder().decode(bytes)), trust);
      } catch (error) {
        if (isCountersignError(error)) return error.code;
        throw error;
      }
      return `byte ${at} bit ${bit} was not noticed`;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.nat(7),
        fc.boolean(),
        async (at, bit, trusting) => {
          expect(await attempt(at, bit, trusting ? fine.trust : null)).toMatch(/^[a-z-]+$/);
        },
      ),
      { numRuns: 600 },
    );
  });
});
