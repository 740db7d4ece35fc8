/** What the gate refuses before anybody is asked to sign: at open and at upload. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseId, Sha256 } from '../../src/core/names.ts';
import type { UploadClaim } from '../../src/gateway/gateway.ts';
import { openRelease, person, startGate, until, upload } from '../gate-fixture.ts';
import {
  expectSoundLedger,
  PACKAGES,
  reasonsOf,
  refusal,
  startYard,
  submit,
  submitForApproval,
  type Tarball,
  tarballOf,
  type Yard,
} from '../release-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard?.stop());

const open = (tag: string, options: Parameters<typeof openRelease>[1] = {}) =>
  openRelease(yard.gate, { tag, packages: ['@aitbc/p0'], ...options });

describe('promise 1: what may be opened', () => {
  test.each([
    ['v-test', 'does not name a semantic version'],
    ['v-beta', 'does not name a semantic version'],
    ['v1.2', 'has 2 numbers where MAJOR.MINOR.PATCH has three'],
    ['v01.2.3', 'has a leading zero in MAJOR'],
    ['v1.2.3-rc.1', 'does not match the tag filter'],
    ['1.2.3', 'is not of the form \\"v{version}\\" or'.replaceAll('\\', '')],
    ['v1.2.3 ', 'visible ASCII characters'],
    ['', 'visible ASCII characters'],
  ])('tag %j stops at the door', async (tag, reason) => {
    const said = await refusal(open(tag, { version: '1.2.3' }));
    expect(said).toMatch(/^malformed-tag: tag .* is refused: strict: /);
    expect(said).toContain(reason);
    expect(said).toContain('(tag the commit with a strict semantic version such as v1.2.3');
  });

  test('the signed version must be the tag’s', async () => {
    expect(await refusal(open('v1.0.0', { version: '1.0.1' }))).toBe(
      'malformed-tag: the tag says version 1.0.0, the statement 1.0.1',
    );
  });

  test('by hand takes the typed word, exactly', async () => {
    const by = (confirmation: string | null) =>
      refusal(open('v1.0.2', { opened: 'by-hand', confirmation }));
    expect(await by(null)).toBe(
      'confirmation-wrong: expected the typed word "release", found none (add --confirm release if you mean it)',
    );
    expect(await by('Release')).toContain('expected the typed word "release", found "Release"');
    const { release } = await open('v1.0.2', { opened: 'by-hand', confirmation: 'release' });
    expect(release.state).toBe('receiving');
  });

  test('one release at a time for a tag, and for a package version', async () => {
    const { release } = await open('v1.0.3');
    expect(await refusal(open('v1.0.3'))).toContain(
      `release-exists: aitbc v1.0.3 is receiving already as release ${release.shortId}`,
    );
    expect(await refusal(open('v1.0.4', { release: release.id }))).toContain('release-exists: ');
  });

  test('unknown projects, packages and policies are named with those that exist', async () => {
    expect(await refusal(open('v1.0.5', { packages: ['left-pad'] }))).toContain('found left-pad');
    expect(await refusal(open('v1.0.5', { policy: 'lax' }))).toContain(
      "not-found: expected one of the project's policies (strict), found lax",
    );
  });
});

describe('promises 5 and 7: what may be uploaded', () => {
  const release = async (tag: string) => (await open(tag)).release.id;
  const send = (id: ReleaseId, file: Tarball, claim: Partial<UploadClaim> = {}) =>
    upload(yard.gate, id, file, claim);
  const view = (id: ReleaseId) => yard.gate.gateway.release(person('bob'), id);

  /** Nothing is held, and the refusal stands in the events and so in the ledger. */
  async function expectNothingHeld(id: ReleaseId, code: string) {
    const seen = await view(id);
    expect(seen).toMatchObject({ state: 'receiving', artifacts: [] });
    const refused = seen.events.filter((one) => one.event === 'refuse-upload');
    expect(refused).toHaveLength(1);
    const [entry] = await yard.gate.store.read((tx) =>
      tx.ledgerEntries(refused[0]?.ledgerIndex ?? -1, 1),
    );
    expect(entry?.kind).toBe('upload-refused');
    expect(Buffer.from(entry?.bytes ?? []).toString()).toContain(`"code":"${code}"`);
  }

  test('a package that the release does not declare, and another version, are refused', async () => {
    const id = await release('v1.1.0');
    expect(await refusal(send(id, await tarballOf('@aitbc/p1', '1.1.0')))).toMatch(
      /^not-declared: release \S+ expects 1 tarball of @aitbc\/p0, found tarball aitbc-p1-1\.1\.0\.tgz/,
    );
    expect(await refusal(send(id, await tarballOf('@aitbc/p0', '1.1.1')))).toMatch(
      /^not-declared: release \S+ is for tag v1\.1\.0: expected version 1\.1\.0 of @aitbc\/p0, found 1\.1\.1/,
    );
    expect(reasonsOf(await view(id), 'refuse-upload')).toHaveLength(2);
    expect((await view(id)).artifacts).toEqual([]);
  });

  const whole = () => tarballOf('@aitbc/p0', '1.1.2');
  test.each<[string, string, () => Promise<Tarball>, RegExp]>([
    [
      'v1.1.2',
      'a truncated tarball',
      async () => {
        const { file, bytes } = await whole();
        return { file, bytes: bytes.subarray(0, bytes.length - 30) };
      },
      /^malformed-archive: /,
    ],
    [
      'v1.1.3',
      'bytes that are no archive',
      async () => ({ file: 'aitbc-p0-1.1.3.tgz', bytes: Buffer.from('<html>not found</html>') }),
      /^malformed-archive: /,
    ],
    [
      'v1.1.4',
      'nothing at all',
      async () => ({ file: 'aitbc-p0-1.1.4.tgz', bytes: new Uint8Array() }),
      /^malformed-archive: /,
    ],
    [
      'v1.1.5',
      'a path that leaves the folder',
      () => tarballOf('@aitbc/p0', '1.1.5', { files: { 'package/../../etc/passwd': 'root::0:0' } }),
      /^malformed-archive: .*\.\./,
    ],
    [
      'v1.1.6',
      'an archive without package.json',
      async () => {
        const archive = pack();
        archive.entry({ name: 'package/index.js' }, 'x');
        archive.finalize();
        const chunks: Uint8Array[] = [];
        for await (const chunk of archive as AsyncIterable<Uint8Array>) chunks.push(chunk);
        return { file: 'aitbc-p0-1.1.6.tgz', bytes: gzipSync(Buffer.concat(chunks)) };
      },
      /^malformed-archive: .*there is no package\.json/,
    ],
    [
      'v1.1.7',
      'a name that the bytes do not have',
      async () => ({ ...(await tarballOf('@aitbc/p1', '1.1.7')), file: 'aitbc-p0-1.1.7.tgz' }),
      /@aitbc\/p0|aitbc-p0|aitbc-p1/,
    ],
  ])('%s: %s is refused and nothing is held', async (tag, _, make, message) => {
    const id = await release(tag);
    const file = await make();
    const said = await refusal(send(id, file));
    expect(said).toMatch(message);
    await expectNothingHeld(id, said.split(':')[0] ?? '');
    const sha256 = createHash('sha256').update(file.bytes).digest('hex') as Sha256;
    expect(await yard.gate.deps.blobs.has(sha256)).toBe(false);
  });

  test('an upload that is larger than its bound stops while it streams', async () => {
    const id = await release('v1.1.8');
    const session = await yard.gate.gateway.beginUpload({ kind: 'upload', release: id });
    const chunk = new Uint8Array(8 << 20);
    const said = await refusal(
      (async () => {
        for (let sent = 0; sent < 10; sent += 1) await session.write(chunk);
      })(),
    );
    expect(said).toMatch(/^limit-exceeded: /);
    await session.refuse('big.tgz', new Error(said));
    expect((await view(id)).artifacts).toEqual([]);
  });

  test('digests that the client announced must be those of the bytes', async () => {
    const id = await release('v1.1.9');
    const file = await tarballOf('@aitbc/p0', '1.1.9');
    for (const name of ['sha256', 'sha512', 'sha1'] as const) {
      expect(await refusal(send(id, file, { [name]: '00' }))).toMatch(
        new RegExp(
          `^metadata-disagrees: aitbc-p0-1\\.1\\.9\\.tgz: expected ${name} 00 as the upload`,
        ),
      );
    }
    expect((await view(id)).artifacts).toEqual([]);
  });

  test('the same bytes again are success, other bytes never, before and after sealing', async () => {
    const names = ['@aitbc/p0', '@aitbc/p1'];
    const { release: opened } = await open('v1.2.0', { packages: names });
    const first = await tarballOf('@aitbc/p0', '1.2.0');
    const other = await tarballOf('@aitbc/p0', '1.2.0', { files: { 'package/x.js': '1' } });
    expect(await send(opened.id, first)).toMatchObject({ again: false, complete: false });
    expect(await send(opened.id, first)).toMatchObject({ again: true, complete: false });
    expect(await refusal(send(opened.id, other))).toMatch(
      /^artifact-differs: different file staged: aitbc-p0-1\.2\.0\.tgz is held with sha256/,
    );
    expect(await refusal(yard.gate.gateway.seal(person('bob'), opened.id))).toMatch(
      /^set-incomplete: the release still lacks 1 tarball of @aitbc\/p1/,
    );
    await send(opened.id, await tarballOf('@aitbc/p1', '1.2.0'));
    expect(await send(opened.id, first)).toMatchObject({ again: true, complete: true });
    expect(await refusal(send(opened.id, other))).toMatch(/^artifact-differs: /);
    expect(await refusal(send(opened.id, await tarballOf('@aitbc/p2', '1.2.0')))).toMatch(
      /^state-conflict: release \S+ is \S+: nothing can be added \(open a new release/,
    );
    const [held] = (await until(yard.gate, opened.id, 'awaiting-approval')).artifacts;
    expect(held?.sizeBytes).toBe(first.bytes.length);
  });

  test('uploads take the credential of their own open release', async () => {
    const id = await submitForApproval(yard.gate, '@aitbc/p3', 'v1.3.0');
    for (const caller of [{ kind: 'anonymous' as const }, person('alice')]) {
      expect(await refusal(yard.gate.gateway.beginUpload(caller))).toMatch(
        /^(unauthenticated|forbidden): uploads take the upload credential of an open release/,
      );
    }
    await yard.gate.gateway.cancel(person('bob'), id, 'a test');
    expect(await refusal(send(id, await tarballOf('@aitbc/p4', '1.3.0')))).toContain(
      'is cancelled: nothing can be added',
    );
  });

  test('one package version is under way once, whatever the tags', async () => {
    const named = await startNamed();
    expect(named).toMatch(
      /^release-exists: @aitbc\/p5 1\.4\.0 is under way already: release \S+ of tag v1\.4\.0 is /,
    );
  });

  async function startNamed(): Promise<string> {
    // Two tags of one version, which needs a policy that takes both templates.
    const gate = await startGate({
      npmUrl: yard.npm.url,
      npmToken: yard.npmToken,
      pypiUrl: null,
      packages: PACKAGES,
      policy: { tag: '**' },
    });
    try {
      await submit(gate, '@aitbc/p5', 'v1.4.0');
      return await refusal(
        submit(gate, '@aitbc/p5', '@aitbc/p5@1.4.0', {
          version: '1.4.0',
          tarball: await tarballOf('@aitbc/p5', '1.4.0'),
        }),
      );
    } finally {
      await gate.stop();
    }
  }
});

test('promise 3: the ledger of all this is sound', () => expectSoundLedger(yard.gate));
