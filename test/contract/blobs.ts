import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isSha256, type Sha256 } from '../../src/core/names.ts';
import { joinBytes } from '../../src/formats/bytes.ts';
import { encodeUtf8 } from '../../src/formats/text.ts';
import type { BlobDigests, Blobs } from '../../src/gateway/ports.ts';

const MEBIBYTE = 1024 * 1024;

/** An empty place for blobs. `open` may be called several times: each is a program of its own. */
export interface TestPlace {
  open(): Promise<Blobs>;
  remove(): Promise<void>;
}

/** The whole of what `parts` yields. */
export async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const part of parts) chunks.push(part);
  return joinBytes(chunks);
}

/** Stages and commits these chunks. */
export async function keep(blobs: Blobs, ...chunks: readonly Uint8Array[]): Promise<BlobDigests> {
  const writer = await blobs.begin(200 * MEBIBYTE);
  for (const chunk of chunks) await writer.write(chunk);
  const digests = await writer.finish();
  await writer.commit();
  return digests;
}

function digestOf(algorithm: string, bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

/** A digest of which no blob is held. */
function unknownDigest(): Sha256 {
  const digest = digestOf('sha256', randomBytes(32));
  if (!isSha256(digest)) throw new Error('no digest');
  return digest;
}

/** What the Blobs port promises, held against one adapter. */
export function blobsContract(name: string, create: () => Promise<TestPlace>): void {
  describe(`the Blobs contract on ${name}`, () => {
    let place: TestPlace;
    let blobs: Blobs;
    beforeEach(async () => {
      place = await create();
      blobs = await place.open();
    });
    afterEach(() => place.remove());

    test('bytes come back as they were written, under all their digests', async () => {
      const bytes = new Uint8Array(randomBytes(300_000));
      const digests = await keep(
        blobs,
        bytes.slice(0, 1),
        bytes.slice(1, 200_001),
        bytes.slice(200_001),
      );
      expect(digests).toEqual({
        sizeBytes: 300_000,
        sha256: digestOf('sha256', bytes),
        sha512: digestOf('sha512', bytes),
        sha1: digestOf('sha1', bytes),
      });
      expect(await blobs.has(digests.sha256)).toBe(true);
      expect(digestOf('sha256', await collect(blobs.read(digests.sha256)))).toBe(digests.sha256);
      expect(digestOf('sha256', readFileSync(blobs.locate(digests.sha256)))).toBe(digests.sha256);
      const later = await place.open();
      expect(await collect(later.read(digests.sha256))).toHaveLength(300_000);
    });

    test('a blob of no bytes is a blob', async () => {
      const { sha256, sizeBytes } = await keep(blobs);
      expect(sizeBytes).toBe(0);
      expect(await collect(blobs.read(sha256))).toHaveLength(0);
    });

    test('what is staged can be read back as often as wanted, and by nobody else', async () => {
      const writer = await blobs.begin(100);
      await writer.write(encodeUtf8('staged '));
      await writer.write(encodeUtf8('bytes'));
      const { sha256 } = await writer.finish();
      expect(await writer.finish()).toMatchObject({ sha256 });
      for (let round = 0; round < 2; round += 1) {
        expect(Buffer.from(await collect(writer.reread())).toString()).toBe('staged bytes');
      }
      for await (const part of writer.reread()) {
        expect(part.length).toBeGreaterThan(0);
        break;
      }
      expect(await blobs.has(sha256)).toBe(false);
      await expect(collect(blobs.read(sha256))).rejects.toMatchObject({ code: 'not-found' });
      await writer.commit();
      expect(await blobs.has(sha256)).toBe(true);
    });

    test('staged bytes can be read anywhere, exactly, until they are committed', async () => {
      const bytes = randomBytes(200_000);
      const writer = await blobs.begin(MEBIBYTE);
      await writer.write(bytes.subarray(0, 70_000));
      await writer.write(bytes.subarray(70_000));
      expect(() => writer.staged()).toThrow();
      await writer.finish();
      const staged = writer.staged();
      expect(staged.sizeBytes).toBe(200_000);
      const part = await staged.read(69_000, 120_000);
      expect(Buffer.from(part).equals(bytes.subarray(69_000, 189_000))).toBe(true);
      expect(await staged.read(200_000, 0)).toEqual(new Uint8Array());
      await expect(staged.read(199_999, 2)).rejects.toThrow(RangeError);
      await expect(staged.read(-1, 2)).rejects.toThrow(RangeError);
      await writer.commit();
      await expect(staged.read(0, 1)).rejects.toMatchObject({ code: 'internal' });
    });

    test('the same bytes again are success, also at the same time', async () => {
      const bytes = randomBytes(100_000);
      const others = await Promise.all([place.open(), place.open(), blobs]);
      const digests = await Promise.all(
        Array.from({ length: 12 }, (_, number) => keep(others[number % 3] ?? blobs, bytes)),
      );
      expect(new Set(digests.map(({ sha256 }) => sha256)).size).toBe(1);
      const [{ sha256 } = { sha256: unknownDigest() }] = digests;
      expect(digestOf('sha256', await collect(blobs.read(sha256)))).toBe(sha256);
    });

    test('a file over its bound is refused at the byte that is too many', async () => {
      const writer = await blobs.begin(10);
      await writer.write(new Uint8Array(10));
      await expect(writer.write(new Uint8Array(1))).rejects.toMatchObject({
        code: 'limit-exceeded',
      });
      await expect(writer.finish()).rejects.toMatchObject({ code: 'internal' });
      await expect(writer.commit()).rejects.toMatchObject({ code: 'internal' });
    });

    test('what is discarded is gone, before and after finish, and discarding again is harmless', async () => {
      for (const finish of [false, true]) {
        const writer = await blobs.begin(100);
        await writer.write(encodeUtf8('thrown away'));
        if (finish) await writer.finish();
        await writer.discard();
        await writer.discard();
        await expect(writer.commit()).rejects.toMatchObject({ code: 'internal' });
        await expect(writer.write(new Uint8Array(1))).rejects.toMatchObject({ code: 'internal' });
      }
    });

    test('discarding after the commit does nothing, and committing again is success', async () => {
      const writer = await blobs.begin(100);
      await writer.write(encodeUtf8('kept'));
      const { sha256 } = await writer.finish();
      await writer.commit();
      await writer.discard();
      await writer.commit();
      expect(Buffer.from(await collect(blobs.read(sha256))).toString()).toBe('kept');
    });

    test('steps out of order are refused', async () => {
      const writer = await blobs.begin(100);
      await expect(writer.commit()).rejects.toMatchObject({ code: 'internal' });
      await expect(collect(writer.reread())).rejects.toMatchObject({ code: 'internal' });
      await writer.finish();
      await expect(writer.write(new Uint8Array(1))).rejects.toMatchObject({ code: 'internal' });
      await writer.discard();
    });

    test('a blob that is not there, and a name that is no digest, are not found', async () => {
      expect(await blobs.has(unknownDigest())).toBe(false);
      await expect(collect(blobs.read(unknownDigest()))).rejects.toMatchObject({
        code: 'not-found',
      });
      for (const name of ['../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(64)}/`]) {
        // what a caller could only do by casting
        const cast = name as Sha256;
        await expect(blobs.has(cast)).rejects.toMatchObject({ code: 'not-found' });
        await expect(collect(blobs.read(cast))).rejects.toMatchObject({ code: 'not-found' });
        expect(() => blobs.locate(cast)).toThrow(expect.objectContaining({ code: 'not-found' }));
      }
    });

    test('a reader that stops early holds nothing open', async () => {
      const { sha256 } = await keep(blobs, randomBytes(1_000_000));
      const before = readdirSync('/dev/fd').length;
      for (let round = 0; round < 50; round += 1) {
        for await (const part of blobs.read(sha256)) {
          expect(part.length).toBeLessThan(1_000_000);
          break;
        }
      }
      expect(readdirSync('/dev/fd').length).toBeLessThan(before + 25);
    });

    test('100 MiB cost flat memory on the way in and out', async () => {
      const chunk = new Uint8Array(randomBytes(MEBIBYTE));
      const before = process.memoryUsage.rss();
      let highest = before;
      const look = (): void => {
        highest = Math.max(highest, process.memoryUsage.rss());
      };
      const writer = await blobs.begin(100 * MEBIBYTE);
      for (let count = 0; count < 100; count += 1) {
        await writer.write(chunk);
        look();
      }
      const { sha256 } = await writer.finish();
      await writer.commit();
      let size = 0;
      for await (const part of blobs.read(sha256)) {
        size += part.length;
        look();
      }
      expect(size).toBe(100 * MEBIBYTE);
      expect((highest - before) / MEBIBYTE).toBeLessThan(64);
    });
  });
}
