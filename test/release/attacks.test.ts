import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/core/manifest.ts';
import type { Sha256 } from '../../src/core/names.ts';
import { encodeApproval } from '../../src/evidence/approval-statement.ts';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { decodeCanonical } from '../../src/formats/canonical.ts';
import { encodeUtf8 } from '../../src/formats/text.ts';
import { appendEntry, composeEntry } from '../../src/gateway/record.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { change, inForce, propose, rulesWith, suspensionOf } from '../change-fixture.ts';
import { approvalOf, approve, openRelease, person, until, upload } from '../gate-fixture.ts';
import {
  expectSoundLedger,
  publishRefused,
  refusal,
  servedVersions,
  startYard,
  submitApproved,
  submitForApproval,
  tarballOf,
  type Yard,
} from '../release-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard({ policy: { publish: 'manual' } });
});
afterAll(() => yard.stop());

const rewritten = async (
  id: Parameters<typeof until>[1],
  by: 'bob',
  edit: (manifest: Manifest) => Manifest,
) => {
  const { gate } = yard;
  const review = await gate.gateway.review(person('carol'), id);
  const manifest = decodeCanonical(encodeUtf8(review.manifest)) as unknown as Manifest;
  const real = await approvalOf(gate, id, by);
  const { predicate } = JSON.parse(new TextDecoder().decode(real.envelope.payload)) as {
    predicate: Parameters<typeof encodeApproval>[2];
  };
  return gate.keys[by].sign(
    'approval',
    encodeApproval(edit(manifest), predicate.manifest, predicate),
  );
};

describe('promise 1: what a thief of one thing can do', () => {
  test('a stolen upload credential adds no file, changes no byte, signs and publishes nothing', async () => {
    const { gate } = yard;
    const { release } = await openRelease(gate, { tag: 'v1.0.0', packages: ['@aitbc/p0'] });
    const thief = { kind: 'upload', release: release.id } as const;
    const foreign = await tarballOf('@aitbc/p1', '1.0.0');
    expect(await refusal(upload(gate, release.id, foreign))).toMatch(/^not-declared: /);
    await upload(gate, release.id, await tarballOf('@aitbc/p0', '1.0.0'));
    const other = await tarballOf('@aitbc/p0', '1.0.0', { files: { 'package/evil.js': 'x' } });
    expect(await refusal(upload(gate, release.id, other))).toMatch(
      /^(artifact-differs|forbidden|state-conflict): /,
    );
    await until(gate, release.id, 'awaiting-approval');
    const bobs = await approvalOf(gate, release.id, 'bob');
    for (const attempt of [
      () => gate.gateway.approve(thief, release.id, bobs),
      () => gate.gateway.publish(thief, release.id),
      () => gate.gateway.proposals(thief),
      () => gate.gateway.suspend(thief, suspensionOf(gate, 'bob', { kind: 'person', id: 'carol' })),
    ]) {
      expect(await refusal(attempt())).toMatch(/^forbidden: /);
    }
  });

  test('a stolen session signs nothing: every act that counts carries the key’s own signature', async () => {
    const { gate } = yard;
    const id = await submitForApproval(gate, '@aitbc/p2', 'v1.1.0');
    const mallory = { ...gate.keys, bob: gate.keys.robot };
    const forged = await approvalOf({ ...gate, keys: mallory }, id, 'bob');
    expect(await refusal(gate.gateway.approve(person('bob'), id, forged))).toMatch(
      /^(forbidden|signature-invalid): /,
    );
    const rules = await rulesWith(gate, (now) => now);
    expect(
      await refusal(propose({ ...gate, keys: mallory }, { policy: rules, by: 'bob' })),
    ).toMatch(/^(forbidden|signature-invalid): /);
    const suspend = suspensionOf({ ...gate, keys: mallory }, 'bob', {
      kind: 'person',
      id: 'carol',
    });
    expect(await refusal(gate.gateway.suspend(person('bob'), suspend))).toMatch(
      /^(forbidden|signature-invalid): /,
    );
  });

  test('an approval replayed on other bytes, another upstream or another attempt is void', async () => {
    const { gate } = yard;
    const id = await submitForApproval(gate, '@aitbc/p3', 'v1.2.0');
    const bytes = await rewritten(id, 'bob', (manifest) => ({
      ...manifest,
      artifacts: manifest.artifacts.map((one) => ({ ...one, sha256: 'f'.repeat(64) as Sha256 })),
    }));
    expect(await refusal(gate.gateway.approve(person('bob'), id, bytes))).toContain(
      'the approval is for another set of artifacts',
    );
    for (const [what, changes] of [
      ['attempt', { attempt: 2 }],
      ['manifest', { manifest: 'e'.repeat(64) as Sha256 }],
      ['instance', { genesis: 'd'.repeat(64) as Sha256 }],
    ] as const) {
      expect(await refusal(approve(gate, id, 'bob', changes))).toContain(
        `the approval is for another ${what}`,
      );
    }
    const before = await approvalOf(gate, id, 'bob');
    const rules = await rulesWith(gate, (now) => ({
      ...now,
      upstreams: { npm: { ...now.upstreams['npm'], url: 'http://127.0.0.1:1/' } as never },
    }));
    await change(gate, { policy: rules });
    await until(gate, id, 'inspecting', 'awaiting-approval');
    expect(await refusal(gate.gateway.approve(person('bob'), id, before))).toMatch(
      /^(state-conflict|signature-invalid): /,
    );
  });
});

describe('promise 3 and 8: a compromised web process', () => {
  test('writes changes of the rules itself: the log stops, and nothing ships', async () => {
    const own = await startYard({ policy: { publish: 'manual' } });
    try {
      const { gate, npm } = own;
      const id = await submitApproved(gate, '@aitbc/p4', 'v2.0.0');
      const { rosterDigest: roster, policyDigest: policy } = await inForce(gate);
      await gate.store.transact(async (tx) => {
        const digests = { proposal: randomBytes(32).toString('hex') as Sha256, roster, policy };
        const entry = composeEntry(gate.deps.clock.now(), {
          kind: 'proposal-enacted',
          release: null,
          digests,
        });
        await appendEntry(tx, gate.deps.crypto, entry);
      });
      expect(await publishRefused(gate, id).catch((error: Error) => error.message)).toMatch(
        /proposal-enacted that the publisher did not write|is missing from the store/,
      );
      expect(await servedVersions(npm, '@aitbc/p4')).toEqual({});
    } finally {
      await own.stop();
    }
  });

  test('leaves a change out of the evidence: it does not verify', async () => {
    const own = await startYard();
    try {
      const { gate } = own;
      const roster = { kind: 'key' as const, id: 'SHA256:nobody' };
      await gate.gateway.suspend(person('alice'), suspensionOf(gate, 'alice', roster));
      const id = await submitApproved(gate, '@aitbc/p5', 'v2.1.0');
      await until(gate, id, 'published');
      const bundle = parseEvidence(await gate.gateway.evidence(person('alice'), id));
      const options = { trust: gate.trust, now: new Date().toISOString() };
      expect(await verifyEvidence(nodeCrypto, bundle, options)).toMatchObject({
        level: 'verified',
      });
      const { governance, ...rest } = bundle;
      expect(governance).toHaveLength(1);
      const proofs = rest.proofs.filter((one) => !one.name.startsWith('governance-'));
      await expect(verifyEvidence(nodeCrypto, { ...rest, proofs }, options)).rejects.toThrow(
        'leaves out a change of roster or rules',
      );
      await expectSoundLedger(gate);
    } finally {
      await own.stop();
    }
  });
});
