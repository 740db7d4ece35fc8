import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createEvidence,
  digestOf,
  type EvidenceFixture,
  type EvidenceOptions,
} from '../../test/evidence-fixture.ts';
import { createEcosystems } from '../compose.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8 } from '../formats/text.ts';
import { shortId } from '../formats/uuid.ts';
import type { ReviewBundle } from '../gateway/gateway.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { readReview, recompute } from './review.ts';
import { describeReview, shortDigest } from './review-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-review-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let fixture: EvidenceFixture;
let other: EvidenceFixture;
beforeAll(async () => {
  fixture = await createEvidence();
  other = await createEvidence();
});

const text = (value: unknown) => decodeUtf8(encodeCanonical(value));

/** What the gateway would hand to an approver. */
async function bundleOf(from: EvidenceFixture): Promise<ReviewBundle> {
  const proven = from.bundle.proofs.find((one) => one.name === 'manifest');
  if (proven === undefined) throw new Error('no proof');
  return {
    manifest: from.bundle.manifest,
    report: from.bundle.report,
    baselines: [],
    genesis: from.genesisText,
    founding: from.founding,
    policyDocument: text(from.policyDocument),
    rosterDocument: text(from.roster),
    opening: [from.opening],
    identities: [],
    checkpoint: await from.log.checkpoint(),
    proof: { entry: proven.entry, proof: proven.proof },
  };
}

async function review(
  change: Partial<ReviewBundle> = {},
  options: {
    from?: EvidenceFixture;
    reference?: string;
    trust?: EvidenceFixture['trust'] | null;
  } = {},
) {
  const from = options.from ?? fixture;
  return readReview({
    crypto: nodeCrypto,
    bundle: { ...(await bundleOf(from)), ...change },
    changes: [],
    reference: options.reference ?? from.manifest.release,
    trust: options.trust === undefined ? from.trust : options.trust,
  });
}

/** A gateway that signs what it likes over changed documents. */
const lying = async (options: EvidenceOptions) => {
  const from = await createEvidence(options);
  return review({}, { from });
};

describe('documents of a review', () => {
  test('that fit are read, by id and by short id, and show the head of the log', async () => {
    const read = await review();
    expect(read.trusted).toBe(true);
    expect(read.manifestDigest).toBe(fixture.manifestDigest);
    expect(read.checkpointSeen.size).toBe(6);
    await review({}, { reference: shortId(fixture.manifest.release) });
    expect((await review({}, { trust: null })).trusted).toBe(false);
  });

  test('of another instance are refused by the trust file', async () => {
    await expect(review({}, { from: other, trust: fixture.trust })).rejects.toMatchObject({
      code: 'evidence-invalid',
      message: expect.stringContaining('this gateway is another instance'),
    });
  });

  test('of another release than the one asked for are refused', async () => {
    await expect(review({}, { reference: '0000000000' })).rejects.toMatchObject({
      code: 'recompute-differs',
      message: expect.stringContaining('release: asked for 0000000000'),
    });
  });

  test('are refused when one of them was exchanged, naming which', async () => {
    const foreign = await bundleOf(other);
    const cases: [Partial<ReviewBundle>, RegExp][] = [
      [{ policyDocument: `${foreign.policyDocument} ` }, /signed rules: /],
      [{ rosterDocument: foreign.rosterDocument }, /roster: /],
      [{ opening: foreign.opening }, /requesters: /],
      [{ opening: [] }, /requesters: /],
      [{ report: text({ ...fixture.report, ruleSet: '2' }) }, /report: here it is/],
    ];
    for (const [change, message] of cases) {
      await expect(review(change)).rejects.toMatchObject({
        code: 'recompute-differs',
        message: expect.stringMatching(message),
      });
    }
    for (const change of [{ checkpoint: foreign.checkpoint }, { proof: foreign.proof }]) {
      await expect(review(change)).rejects.toMatchObject({ code: 'signature-invalid' });
    }
  });

  test('with an old checkpoint, or a proof of another entry, are refused', async () => {
    await expect(review({ checkpoint: await fixture.log.checkpoint(3) })).rejects.toThrow(
      'ledger: ',
    );
    const proven = fixture.bundle.proofs.find((one) => one.name === 'genesis');
    if (proven === undefined) throw new Error('no proof');
    await expect(review({ proof: proven })).rejects.toThrow('ledger entry: ');
  });

  test('in which the gateway changed a target, the policy or the version are refused', async () => {
    await expect(
      lying({
        manifest: (one) => ({
          ...one,
          upstreams: one.upstreams.map((up) => ({ ...up, url: 'http://127.0.0.1:6666/' })),
        }),
      }),
    ).rejects.toThrow('targets: upstream npm-private is http://127.0.0.1:4873/');
    await expect(lying({ manifest: (one) => ({ ...one, requesters: [] }) })).rejects.toThrow(
      'requesters: ',
    );
    await expect(lying({ manifest: (one) => ({ ...one, tag: 'v9.9.9' }) })).rejects.toThrow(
      'tag v9.9.9 is version 9.9.9',
    );
  });
});

describe('recomputing', () => {
  const fetched = (bytes: Uint8Array) => {
    const location = join(folder, 'artifact');
    writeFileSync(location, bytes);
    const sha512 = fixture.manifest.artifacts[0]?.sha512 ?? '';
    return [{ location, sizeBytes: bytes.length, sha256: digestOf(bytes), sha512 }];
  };

  test('names bytes that are not the ones of the manifest', async () => {
    const read = await review();
    const bytes = Uint8Array.from(fixture.artifact.bytes);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await expect(
      recompute(nodeCrypto, read, fetched(bytes), createEcosystems()),
    ).rejects.toMatchObject({
      code: 'recompute-differs',
      message: expect.stringContaining(`${fixture.artifact.file} sha256: here it is`),
    });
    await expect(recompute(nodeCrypto, read, [], createEcosystems())).rejects.toThrow(
      'sha256: here it is nothing',
    );
  });

  test('names a report that the gateway made up for bytes that are no archive', async () => {
    const read = await review();
    await expect(
      recompute(nodeCrypto, read, fetched(fixture.artifact.bytes), createEcosystems()),
    ).rejects.toMatchObject({
      code: 'recompute-differs',
      message: expect.stringMatching(/inspection: the report made here is another one/),
    });
  });
});

test('what is signed is shown whole', async () => {
  const lines = describeReview(await review({}, { trust: null }), []);
  const shown = lines.map((one) => (typeof one === 'string' ? one : one.text)).join('\n');
  const [artifact] = fixture.manifest.artifacts;
  for (const part of [
    'aitbc v1.2.3, attempt 1',
    'alice (opener)',
    '@aitbc/explorer-web 1.2.3 (npm tarball)',
    `${artifact?.file}, ${artifact?.sizeBytes} bytes`,
    shortDigest(artifact?.sha256 ?? ''),
    'npm-private, http://127.0.0.1:4873/ (publish)',
    'latest of @aitbc/explorer-web: 1.2.2 -> 1.2.3',
    'EXPOSED: no trust file vouches for this gateway',
  ]) {
    expect(shown).toContain(part);
  }
});
