/** Where the bytes come from: forged, borrowed and moved sources are refused, and each refusal says why. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifest as manifestReader } from '../../src/core/manifest.ts';
import type { ReleaseId } from '../../src/core/names.ts';
import { type Evidence, parseEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { decodeCanonical } from '../../src/formats/canonical.ts';
import { encodeUtf8 } from '../../src/formats/text.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { approve, openRelease, person, until, upload } from '../gate-fixture.ts';
import { createRepository } from '../git-fixture.ts';
import {
  packument,
  publishRefused,
  refusal,
  startYard,
  type Tarball,
  tarballOf,
  type Yard,
} from '../release-fixture.ts';
import {
  BINDING,
  npmStatement,
  RUN,
  type RunClaims,
  type SigstoreFixture,
  startSigstore,
} from '../sigstore-fixture.ts';

const repository = createRepository();
let sigstore: SigstoreFixture;
let yard: Yard;

beforeAll(async () => {
  sigstore = await startSigstore();
  const root = createHash('sha256').update(sigstore.trustedRoot).digest('hex');
  const { environment: _, ...binding } = BINDING;
  yard = await startYard({
    policy: { source: 'resolved', publish: 'manual' },
    project: {
      ci: [binding],
      source: { remote: repository.url, branches: ['main'], outputs: ['dist/**'] },
      provenance: { 'trusted-root': root },
    },
  });
  const folder = join(yard.gate.folder, 'trusted-roots');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${root}.json`), sigstore.trustedRoot);
});
afterAll(() => yard?.stop());

/** Commits what `tarballOf` packs of this package, and tags the commit. */
function release(name: string, tag: string): string {
  const place = `packages/${name.split('/')[1]}`;
  const about = { name, version: tag.slice(1), license: 'Apache-2.0' };
  const commit = repository.commit({
    [`${place}/package.json`]: JSON.stringify(about),
    [`${place}/index.js`]: 'export const one = 1;\n',
  });
  repository.git('tag', tag);
  return commit;
}

/** The provenance that the release workflow makes of this tarball at this commit. */
async function provenanceOf(
  name: string,
  tag: string,
  tarball: Tarball,
  claims: RunClaims,
): Promise<string> {
  const sha512 = createHash('sha512').update(tarball.bytes).digest('hex');
  const ref = `refs/tags/${tag}`;
  const run = {
    ...RUN,
    ref,
    workflow_ref: `example/aitbc/.github/workflows/release.yml@${ref}`,
    ...claims,
  };
  const statement = npmStatement({ package: name, version: tag.slice(1), sha512 }, run);
  return JSON.stringify(await sigstore.attest(statement, run));
}

/** Opens, uploads with provenance of such a run, and waits for what inspection says. */
async function inspected(name: string, tag: string, claims: RunClaims | null, tarball?: Tarball) {
  const packed = tarball ?? (await tarballOf(name, tag.slice(1)));
  const { release: opened } = await openRelease(yard.gate, { tag, packages: [name] });
  const attestations =
    claims === null
      ? []
      : [{ form: 'sigstore' as const, text: await provenanceOf(name, tag, packed, claims) }];
  await upload(yard.gate, opened.id, packed, { attestations });
  return {
    id: opened.id,
    view: await until(yard.gate, opened.id, 'awaiting-approval', 'rejected'),
  };
}

/** Messages of the findings of one rule. */
async function findingsOf(id: ReleaseId, rule: string): Promise<readonly string[]> {
  const report = await yard.gate.gateway.report(person('bob'), id);
  return [...report.findings, ...report.artifacts.flatMap((one) => one.findings)]
    .filter((one) => one.rule === rule)
    .map((one) => one.message);
}

async function expectRejected(id: ReleaseId, rule: string, message: string): Promise<void> {
  expect((await until(yard.gate, id, 'rejected', 'awaiting-approval')).state).toBe('rejected');
  expect(await findingsOf(id, rule)).toEqual([expect.stringContaining(message)]);
}

describe('a source that fits', () => {
  test('is resolved; its claim is in manifest and evidence, and nothing of it can be exchanged', async () => {
    const commit = release('@aitbc/p0', 'v1.0.0');
    const { id, view } = await inspected('@aitbc/p0', 'v1.0.0', { sha: commit });
    expect(view).toMatchObject({ state: 'awaiting-approval', verdict: 'pass' });
    await approve(yard.gate, id, 'bob');
    await approve(yard.gate, id, 'carol');
    await yard.gate.gateway.publish(person('bob'), id);
    expect((await until(yard.gate, id, 'published', 'failed')).state).toBe('published');

    const bundle = parseEvidence(await yard.gate.gateway.evidence(person('bob'), id));
    const manifest = manifestReader(decodeCanonical(encodeUtf8(bundle.manifest)), 'manifest');
    expect(manifest.source).toEqual({ grade: 'resolved', proof: expect.any(String) });
    const [claimed] = bundle.claims ?? [];
    const claim = JSON.parse(claimed?.document ?? '');
    expect(claim.git).toMatchObject({
      opened: { object: commit, commit },
      tag: { object: commit, commit },
      branches: ['main'],
    });
    expect(claim.artifacts[0].attestations[0].says).toMatchObject({ commit, repositoryId: '4711' });

    const check = (changed: Partial<Evidence>) =>
      verifyEvidence(
        nodeCrypto,
        { ...bundle, ...changed },
        { trust: yard.gate.trust, now: new Date().toISOString() },
      );
    expect((await check({})).level).toBe('verified');
    const { claims: _, ...without } = bundle;
    await expect(
      verifyEvidence(nodeCrypto, without, { trust: null, now: new Date().toISOString() }),
    ).rejects.toThrow('expected the source claim that the manifest names, found 0');
    const document = claimed?.document ?? '';
    const attestations = claimed?.attestations ?? [];
    await expect(
      check({ claims: [{ document: document.replace('"4711"', '"4712"'), attestations }] }),
    ).rejects.toThrow('the source claim is not the one of the inspection report');
    await expect(check({ claims: [{ document, attestations: [] }] })).rejects.toThrow(
      'the attestations are not those that the source claim names',
    );
    await expect(
      check({ claims: [{ document, attestations: attestations.map((one) => `${one} `) }] }),
    ).rejects.toThrow('the attestations are not those that the source claim names');
  });
});

describe('promise 1: a tag that moves', () => {
  test('between open and inspection ends the release, and both commits are named', async () => {
    const before = release('@aitbc/p1', 'v1.1.0');
    const { release: opened } = await openRelease(yard.gate, {
      tag: 'v1.1.0',
      packages: ['@aitbc/p1'],
    });
    const after = repository.commit({ 'packages/p1/index.js': 'evil\n' });
    repository.git('tag', '--force', 'v1.1.0');
    await upload(yard.gate, opened.id, await tarballOf('@aitbc/p1', '1.1.0'));
    const message = `tag v1.1.0 was at commit ${before} when the release was opened, and is at ${after} now`;
    await expectRejected(opened.id, 'tag-moved', message);
  });

  test('between approval and publish stops the publisher, and nothing goes out', async () => {
    const before = release('@aitbc/p2', 'v1.2.0');
    const { id } = await inspected('@aitbc/p2', 'v1.2.0', { sha: before });
    await approve(yard.gate, id, 'bob');
    await approve(yard.gate, id, 'carol');
    const after = repository.commit({ 'packages/p2/index.js': 'evil\n' });
    repository.git('tag', '--force', 'v1.2.0');
    const why = await publishRefused(yard.gate, id);
    expect(why).toContain(`tag v1.2.0 was at commit ${before}`);
    expect(why).toContain(`is at commit ${after}`);
    expect((await yard.gate.gateway.release(person('bob'), id)).state).toBe('approved');
    expect((await packument(yard.npm, '@aitbc/p2')).versions).toEqual({});
    // back where it was approved, it goes out
    repository.git('tag', '--force', 'v1.2.0', before);
    await yard.gate.gateway.publish(person('bob'), id).catch(() => undefined);
    expect((await until(yard.gate, id, 'published', 'failed')).state).toBe('published');
  });

  test('made anew at the same commit is another tag', async () => {
    release('@aitbc/p3', 'v1.3.0');
    const { release: opened } = await openRelease(yard.gate, {
      tag: 'v1.3.0',
      packages: ['@aitbc/p3'],
    });
    repository.git('tag', '--force', '--annotate', '--message', 'again', 'v1.3.0', 'v1.3.0^{}');
    await upload(yard.gate, opened.id, await tarballOf('@aitbc/p3', '1.3.0'));
    await expectRejected(opened.id, 'tag-moved', 'tag v1.3.0 was made anew');
  });

  test('or that is not there is refused when the release is opened', async () => {
    expect(
      await refusal(openRelease(yard.gate, { tag: 'v9.9.9', packages: ['@aitbc/p4'] })),
    ).toContain(`source-differs: expected tag v9.9.9 at ${repository.url}, found no such tag`);
    const commit = release('@aitbc/p4', 'v1.4.0');
    const other = 'd'.repeat(40);
    expect(
      await refusal(
        openRelease(yard.gate, { tag: 'v1.4.0', packages: ['@aitbc/p4'], commit: other }),
      ),
    ).toContain(`expected tag v1.4.0 at commit ${other}, found it at ${commit}`);
  });
});

describe('promise 1: a commit that nobody reviewed', () => {
  test('is refused where no protected branch reaches it', async () => {
    repository.git('checkout', '--quiet', '-b', 'feature');
    const commit = release('@aitbc/p5', 'v1.5.0');
    repository.git('checkout', '--quiet', 'main');
    const { id } = await inspected('@aitbc/p5', 'v1.5.0', null);
    const message = `no protected branch (main) reaches commit ${commit}`;
    await expectRejected(id, 'commit-not-on-protected-branch', message);
  });

  test('packed files that it does not have, or has otherwise, must be acknowledged', async () => {
    release('@aitbc/p6', 'v1.6.0');
    const tarball = await tarballOf('@aitbc/p6', '1.6.0', {
      fields: { scripts: { postinstall: 'node setup.mjs' } },
      files: { 'package/setup.mjs': 'evil\n', 'package/dist/out.js': 'built\n' },
    });
    const { id, view } = await inspected('@aitbc/p6', 'v1.6.0', null, tarball);
    expect(view.verdict).not.toBe('pass');
    expect(await findingsOf(id, 'packed-file-not-in-commit')).toEqual([
      expect.stringMatching(/^1 packed file is not in commit [0-9a-f]{40}: setup\.mjs$/),
    ]);
    expect(await findingsOf(id, 'packed-file-differs-from-commit')).toEqual([
      expect.stringContaining('differs from packages/p6/package.json in commit'),
    ]);
  });
});

describe('promise 1: provenance that is forged or borrowed', () => {
  test('a forged one is refused with its upload, which the ledger keeps', async () => {
    const commit = release('@aitbc/p7', 'v1.7.0');
    const tarball = await tarballOf('@aitbc/p7', '1.7.0');
    const good = await provenanceOf('@aitbc/p7', 'v1.7.0', tarball, { sha: commit });
    const bundle = JSON.parse(good);
    const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString();
    bundle.dsseEnvelope.payload = Buffer.from(payload.replace(commit, 'd'.repeat(40))).toString(
      'base64',
    );
    const { release: opened } = await openRelease(yard.gate, {
      tag: 'v1.7.0',
      packages: ['@aitbc/p7'],
    });
    const send = (text: string) =>
      refusal(
        upload(yard.gate, opened.id, tarball, { attestations: [{ form: 'sigstore', text }] }),
      );
    const refused = 'provenance-invalid: the provenance of aitbc-p7-1.7.0.tgz is refused: ';
    expect(await send(JSON.stringify(bundle))).toContain(`${refused}it does not verify`);
    const other = await tarballOf('@aitbc/p7', '1.7.0', { files: { 'package/x.js': '1' } });
    const borrowed = await provenanceOf('@aitbc/p7', 'v1.7.0', other, { sha: commit });
    expect(await send(borrowed)).toContain(`${refused}it is about other bytes`);
    const foreign = await startSigstore();
    const sha512 = createHash('sha512').update(tarball.bytes).digest('hex');
    const statement = npmStatement({ package: '@aitbc/p7', version: '1.7.0', sha512 });
    const theirs = JSON.stringify(await foreign.attest(statement));
    expect(await send(theirs)).toContain(`${refused}it does not verify`);
    const view = await yard.gate.gateway.release(person('bob'), opened.id);
    expect(view.state).toBe('receiving');
    expect(view.events.filter((one) => one.event === 'refuse-upload')).toHaveLength(3);
  });

  const elsewhere = 'refs/heads/feature';
  test.each<[string, string, RunClaims, string]>([
    [
      'p10',
      'repository',
      { repository: 'example/other', repository_id: '1' },
      'repository https://github.com/example/other, expected https://github.com/example/aitbc',
    ],
    [
      'p11',
      'repository of the same name and another number',
      { repository_id: '1' },
      'repository number 1, expected 4711',
    ],
    ['p12', 'owner', { repository_owner_id: '1' }, 'owner number 1, expected 815'],
    ['p13', 'branch', { ref: elsewhere }, 'ref refs/heads/feature, expected refs/tags/v2.13.0'],
    ['p14', 'tag', { ref: 'refs/tags/v0.0.1' }, 'ref refs/tags/v0.0.1, expected refs/tags/v2.14.0'],
    ['p15', 'commit', { sha: 'd'.repeat(40) }, `commit ${'d'.repeat(40)}, expected `],
    [
      'p16',
      'workflow',
      { workflow_ref: 'example/aitbc/.github/workflows/test.yml@refs/tags/v2.16.0' },
      'workflow .github/workflows/test.yml, expected .github/workflows/release.yml',
    ],
    [
      'p17',
      'issuer',
      { iss: 'https://ci.example.org' },
      'issuer https://ci.example.org, expected https://token.actions.example.com',
    ],
    [
      'p18',
      'run that a pull request started',
      { event_name: 'pull_request_target' },
      'it comes from a run that pull_request_target started',
    ],
  ])('%s: genuine provenance of another %s is refused', async (place, _, claims, message) => {
    const tag = `v2.${place.slice(1)}.0`;
    const commit = release(`@aitbc/${place}`, tag);
    const { id } = await inspected(`@aitbc/${place}`, tag, { sha: commit, ...claims });
    await expectRejected(id, 'provenance-mismatch', message);
  });
});
