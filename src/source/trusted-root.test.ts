import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' };
import { beforeAll, describe, expect, test } from 'vitest';
import { startSigstore } from '../../test/sigstore-fixture.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import type { Sha256 } from '../core/names.ts';
import { parseTrustedRoot, readTrustedRoot, seededTrustedRoot } from './trusted-root.ts';

let own: Record<string, unknown>;

beforeAll(async () => {
  own = JSON.parse((await startSigstore()).trustedRoot.toString());
});

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('the trusted root of this version', () => {
  test('is the one that the newest library of Sigstore comes with', () => {
    const [first] = Object.values<{ targets: Record<string, string> }>(seeds);
    const newest = Buffer.from(first?.targets['trusted_root.json'] ?? '', 'base64');
    expect(seededTrustedRoot().digest).toBe(createHash('sha256').update(newest).digest('hex'));
  });
});

describe('a trusted root of others', () => {
  test('is read where the rules name its digest, and no other in its place', async () => {
    const folder = temporaryFolder('roots');
    const { digest } = parseTrustedRoot(bytes(own));
    writeFileSync(join(folder, `${digest}.json`), bytes(own));
    expect((await readTrustedRoot(folder, digest)).digest).toBe(digest);
    expect((await readTrustedRoot(folder, null)).digest).toBe(seededTrustedRoot().digest);
    const missing = 'f'.repeat(64) as Sha256;
    await expect(readTrustedRoot(folder, missing)).rejects.toThrow('cannot be read');
    writeFileSync(join(folder, `${missing}.json`), bytes(own));
    await expect(readTrustedRoot(folder, missing)).rejects.toThrow(
      `expected SHA-256 ${missing}, found ${digest}`,
    );
  });

  test.each(['tlogs', 'ctlogs', 'certificateAuthorities'])(
    'is refused where %s do not say since when they are valid, and where there are none',
    (part) => {
      const spoilt = structuredClone(own);
      const [first] = spoilt[part] as [Record<string, { validFor?: unknown } | undefined>];
      delete first['validFor'];
      if (first['publicKey'] !== undefined) delete first['publicKey'].validFor;
      expect(() => parseTrustedRoot(bytes(spoilt))).toThrow(
        'has a key or an authority that does not say since when it is valid',
      );
      expect(() => parseTrustedRoot(bytes({ ...own, [part]: [] }))).toThrow('names no ');
    },
  );

  test('is refused where it is none', () => {
    for (const text of ['', '[', '7', '{}']) {
      expect(() => parseTrustedRoot(Buffer.from(text))).toThrow('the trusted root');
    }
  });
});
