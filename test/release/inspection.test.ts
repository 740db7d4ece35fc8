/** What inspection stops, told with the finding, and what people must acknowledge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseId } from '../../src/core/names.ts';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { crc32Base62 } from '../../src/inspect/secret-format/token-checksum.ts';
import { approve, openRelease, person, until, upload } from '../gate-fixture.ts';
import {
  expectSoundLedger,
  packument,
  publishAround,
  refusal,
  startYard,
  submit,
  submitApproved,
  submitForApproval,
  tarballOf,
  type Yard,
} from '../release-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard({
    extraPolicies: {
      prerelease: {
        tag: 'v[0-9]+.[0-9]+.[0-9]+-**',
        source: 'asserted',
        approvals: { minimum: 2 },
      },
    },
  });
});
afterAll(() => yard?.stop());

/** The reason that a rejected release ends with. */
async function rejection(id: ReleaseId): Promise<string | null> {
  const view = await until(yard.gate, id, 'rejected', 'awaiting-approval');
  expect(view.state).toBe('rejected');
  return view.reason;
}

describe('promise 1: inspection ends what must not ship', () => {
  test('a leaked token is named with rule, file and line, and never shown', async () => {
    const body = 'k9'.repeat(15);
    const token = `npm_${body}${crc32Base62(body)}`;
    const tarball = await tarballOf('@aitbc/p0', '2.0.0', {
      files: { 'package/config.js': `// settings\nexport const token = '${token}';\n` },
    });
    const id = await submit(yard.gate, '@aitbc/p0', 'v2.0.0', { tarball });
    expect(await rejection(id)).toMatch(
      /^npm-token: .*, in aitbc-p0-2\.0\.0\.tgz!package\/config\.js, line 2$/,
    );
    const report = await yard.gate.gateway.report(person('bob'), id);
    expect(report.verdict).toBe('reject');
    expect(report.artifacts[0]?.findings[0]).toMatchObject({
      rule: 'npm-token',
      confidence: 'proven',
      path: 'aitbc-p0-2.0.0.tgz!package/config.js',
      line: 2,
    });
    expect(JSON.stringify(report)).not.toContain(body);
    expect(await refusal(yard.gate.gateway.review(person('bob'), id))).toMatch(
      /^state-conflict: release \S+ is rejected and has no manifest yet/,
    );
    expect(await refusal(yard.gate.gateway.publish(person('bob'), id))).toMatch(
      /^state-conflict: expected the release to be approved or /,
    );
  });

  test('a .env file is refused', async () => {
    const tarball = await tarballOf('@aitbc/p1', '2.1.0', {
      files: { 'package/.env': 'DATABASE=somewhere\n' },
    });
    const id = await submit(yard.gate, '@aitbc/p1', 'v2.1.0', { tarball });
    expect(await rejection(id)).toMatch(/^sensitive-file: .*\/\.env$/);
  });

  test('a package that names another registry for itself would pass the gate by', async () => {
    const publishConfig = { registry: 'https://registry.example.com/' };
    const tarball = await tarballOf('@aitbc/p2', '2.2.0', { fields: { publishConfig } });
    const id = await submit(yard.gate, '@aitbc/p2', 'v2.2.0', { tarball });
    expect(await rejection(id)).toMatch(/^publish-config-registry: /);
  });

  test('a request that says other things than the package is manifest confusion', async () => {
    const bytes = await tarballOf('@aitbc/p3', '2.3.0', {
      fields: { dependencies: { colors: '1.4.0' }, scripts: { postinstall: 'node index.js' } },
    });
    const { release } = await openRelease(yard.gate, { tag: 'v2.3.0', packages: ['@aitbc/p3'] });
    await upload(yard.gate, release.id, bytes, {
      request: { name: '@aitbc/p3', version: '2.3.0', dependencies: {}, scripts: {} },
    });
    expect(await rejection(release.id)).toMatch(/^request-matches-artifact: the request says/);
    const report = await yard.gate.gateway.report(person('bob'), release.id);
    const fields = report.requestDifferences[0]?.differences.map((one) => one.field);
    expect(fields?.some((one) => one.startsWith('dependencies'))).toBe(true);
    expect(fields?.some((one) => one.startsWith('scripts'))).toBe(true);
  });

  test('a version that is upstream already, put there around the gate, is refused', async () => {
    await publishAround(yard, '@aitbc/p4', '2.4.0');
    const id = await submit(yard.gate, '@aitbc/p4', 'v2.4.0');
    expect(await rejection(id)).toMatch(/^not-already-upstream: .*@aitbc\/p4 2\.4\.0/);
  });

  test('a version below what latest points at is refused', async () => {
    await publishAround(yard, '@aitbc/p5', '2.6.0');
    const id = await submit(yard.gate, '@aitbc/p5', 'v2.5.0');
    expect(await rejection(id)).toMatch(/^not-lower-than-latest: .*2\.5\.0.*2\.6\.0/);
  });

  test('a prerelease without a dist-tag is refused with the command to use', async () => {
    const id = await submit(yard.gate, '@aitbc/p6', 'v2.7.0-rc.1', { policy: 'prerelease' });
    expect(await rejection(id)).toContain(
      'run: countersign release open --project aitbc --tag v2.7.0-rc.1 --dist-tag next',
    );
    const latest = await submit(yard.gate, '@aitbc/p6', 'v2.7.0-rc.2', {
      policy: 'prerelease',
      distTag: 'latest',
    });
    expect(await rejection(latest)).toMatch(/^prerelease-not-latest: /);
  });

  test('a prerelease with its dist-tag leaves latest where it is', async () => {
    await publishAround(yard, '@aitbc/p7', '2.8.0');
    const id = await submitApproved(yard.gate, '@aitbc/p7', 'v2.9.0-rc.1', {
      policy: 'prerelease',
      distTag: 'next',
    });
    await until(yard.gate, id, 'published');
    expect((await packument(yard.npm, '@aitbc/p7')).tags).toEqual({
      latest: '2.8.0',
      next: '2.9.0-rc.1',
    });
  });

  test('whoever opens may not pick a policy that comes after one that takes the tag', async () => {
    const attempt = openRelease(yard.gate, { tag: 'v2.9.0-rc.2', policy: 'strict' });
    expect(await refusal(attempt)).toMatch(/^malformed-tag: .*strict/);
  });
});

describe('promise 1: a finding that holds needs a word inside each counted signature', () => {
  const held = (name: string, version: string) =>
    tarballOf(name, version, {
      // the first bytes of a 7z archive, which nobody here can look into
      files: { 'package/logo.png': Buffer.from('377abcaf271c0004', 'hex') },
    });

  test('without it a signature does not count, with it the release goes out', async () => {
    const tarball = await held('@aitbc/p8', '2.10.0');
    const id = await submitForApproval(yard.gate, '@aitbc/p8', 'v2.10.0', { tarball });
    const report = await yard.gate.gateway.report(person('bob'), id);
    expect(report.verdict).toBe('hold');
    const fingerprints = report.artifacts.flatMap((one) =>
      one.findings.map((found) => found.fingerprint),
    );
    expect(fingerprints).toHaveLength(1);
    expect(await refusal(approve(yard.gate, id, 'bob'))).toBe(
      `not-acknowledged: the signature does not count: bob did not acknowledge ${fingerprints[0]} (read the findings, then approve again with --acknowledge for each)`,
    );
    const acknowledged = { acknowledged: fingerprints };
    await approve(yard.gate, id, 'bob', acknowledged);
    const counted = (await yard.gate.gateway.release(person('bob'), id)).quorum?.counted;
    expect(counted).toEqual(['bob']);
    expect(await refusal(approve(yard.gate, id, 'carol', { acknowledged: ['other'] }))).toContain(
      'carol did not acknowledge',
    );
    await approve(yard.gate, id, 'carol', acknowledged);
    await until(yard.gate, id, 'published');
    const evidence = await yard.gate.gateway.evidence(person('bob'), id);
    const verified = await verifyEvidence(nodeCrypto, parseEvidence(evidence), {
      trust: yard.gate.trust,
      now: new Date().toISOString(),
    });
    expect(verified.manifest.inspection.verdict).toBe('hold');
  });
});

test('promise 3: the ledger of all this is sound', () => expectSoundLedger(yard.gate));
