import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createEvidence, type EvidenceFixture } from '../../test/evidence-fixture.ts';
import {
  edited,
  NOW,
  OTHER,
  record,
  refusalOfEvidence,
  reprove,
} from '../../test/forgery-fixture.ts';
import { generateNoteSigner } from '../../test/tlog-fixture.ts';
import { isCountersignError } from '../core/errors.ts';
import type { Trust } from '../core/genesis.ts';
import type { Approval } from '../core/manifest.ts';
import { encodeHex } from '../formats/base64.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { formatVerifierKey } from '../tlog/note-key.ts';
import { type Evidence, formatEvidence, parseEvidence } from './bundle.ts';
import { matchFiles, verifyEvidence } from './verify.ts';

let fine: EvidenceFixture;
let foreign: EvidenceFixture;
beforeAll(async () => {
  [fine, foreign] = await Promise.all([createEvidence(), createEvidence()]);
});

const verify = (bundle: Evidence, trust: Trust | null = fine.trust, now = NOW) =>
  verifyEvidence(nodeCrypto, bundle, { trust, now });
const refusalOf = (bundle: Evidence, trust: Trust | null = fine.trust, now = NOW) =>
  refusalOfEvidence(bundle, trust, now);

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
