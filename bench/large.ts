/** Packages of a gigabyte, made when they are asked for. */
import { createCipheriv } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { CACHE } from './corpus.ts';

const MIB = 1024 * 1024;
const TOTAL_MIB = 1024;

/** `code` unpacks to a gibibyte in files of 16 MiB; `noise` is one file of a gibibyte that packs to
 * as much. */
export const LARGE = ['code', 'noise'] as const;

/** The path of one of them. */
export async function getLarge(kind: (typeof LARGE)[number]): Promise<string> {
  const folder = join(CACHE, 'bench', 'large');
  const path = join(folder, `${kind}.tgz`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const archive = pack();
  const filled = kind === 'code' ? fillWithCode(archive) : fillWithNoise(archive);
  const gzip = createGzip({ level: kind === 'code' ? 1 : 0 });
  await Promise.all([filled, pipeline(archive, gzip, createWriteStream(`${path}.part`))]);
  renameSync(`${path}.part`, path);
  return path;
}

async function fillWithCode(archive: Pack): Promise<void> {
  for (let file = 0; file < TOTAL_MIB / 16; file += 1) {
    const lines: string[] = [];
    for (let line = 0; line < 2 ** 18; line += 1) {
      const name = (file * 7919 + line * 104_729).toString(36);
      lines.push(`export function f${name}(a, b) { return a.${name} + b[${line}]; }`.padEnd(63));
    }
    const content = Buffer.from(`${lines.join('\n')}\n`);
    await write(archive, `package/f${file}.js`, content.length, [content]);
  }
  archive.finalize();
}

async function fillWithNoise(archive: Pack): Promise<void> {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
  function* pieces(): Generator<Buffer> {
    for (let at = 0; at < TOTAL_MIB; at += 1) yield cipher.update(Buffer.alloc(MIB));
  }
  await write(archive, 'package/noise.bin', TOTAL_MIB * MIB, pieces());
  archive.finalize();
}

async function write(
  archive: Pack,
  name: string,
  size: number,
  pieces: Iterable<Buffer>,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // streams of another make, of which only this much is wanted
  const entry: unknown = archive.entry({ name, size }, (error) =>
    error ? reject(error) : resolve(),
  );
  const sink = entry as Writable;
  for (const piece of pieces) if (!sink.write(piece)) await once(sink, 'drain');
  sink.end();
  await promise;
}
