/** What reads each kind of seed: everything that takes bytes of strangers. */
import { createHash } from 'node:crypto';
import { isCountersignError } from '../../src/core/errors.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../../src/core/inspection-limits.ts';
import { isSha256 } from '../../src/core/names.ts';
import { readArchive } from '../../src/formats/archive.ts';
import { readContainer } from '../../src/formats/container.ts';
import { detectContainer, isReadable } from '../../src/formats/container-format.ts';
import { decodeEnvelope } from '../../src/formats/dsse.ts';
import { decodeStatement } from '../../src/formats/in-toto.ts';
import { parseNpmPackageJson } from '../../src/formats/npm-package.ts';
import { readNpmPublishBody } from '../../src/formats/npm-publish-body.ts';
import { readPypiUploadForm } from '../../src/formats/pypi-upload-form.ts';
import { parsePythonMetadata } from '../../src/formats/python-metadata.ts';
import { bytesAsRandomAccess, readSequentially } from '../../src/formats/random-access.ts';
import { parseSshPublicKey } from '../../src/formats/ssh-key.ts';
import { parseSshSignature } from '../../src/formats/ssh-signature.ts';
import { inspectFile } from '../../src/inspect/engine.ts';
import { unpack } from '../../src/inspect/unpack/unpack.ts';
import { type UnpackLimits, unpackLimits } from '../../src/inspect/unpack/unpack-limits.ts';
import { parseNote } from '../../src/tlog/note.ts';
import { BOUNDARY } from './seeds.ts';

/** Small, so that a case that reaches one is still quick. */
const LIMITS: UnpackLimits = {
  ...unpackLimits({
    ...DEFAULT_INSPECTION_LIMITS,
    unpackedBytes: 64 * 1024 * 1024,
    entries: 2000,
  }),
  windowBytes: 256 * 1024,
  dictionaryBytes: 8 * 1024 * 1024,
};

/** Each ends in a value or in an error of ours. `name` is the seed's, a file name for `file`. */
export const READERS = {
  container: readBothWays,
  file: inspectAlone,
  npm: (bytes: Buffer) =>
    readNpmPublishBody(readSequentially(bytesAsRandomAccess(bytes)), () => ({
      write: async () => {},
    })),
  pypi: (bytes: Buffer) =>
    readPypiUploadForm(
      readSequentially(bytesAsRandomAccess(bytes)),
      `multipart/form-data; boundary=${BOUNDARY}`,
      () => ({ write: async () => {} }),
    ),
  'package.json': async (bytes: Buffer) => parseNpmPackageJson(bytes),
  metadata: async (bytes: Buffer) => parsePythonMetadata(bytes, 'METADATA'),
  'ssh signature': async (bytes: Buffer) => parseSshSignature(bytes.toString('latin1')),
  'ssh key': async (bytes: Buffer) => parseSshPublicKey(bytes.toString('latin1')),
  envelope: async (bytes: Buffer) => decodeStatement(decodeEnvelope(bytes).payload),
  note: async (bytes: Buffer) => parseNote(bytes.toString('utf8')),
} as const satisfies Record<string, (bytes: Buffer, name: string) => Promise<unknown>>;

/** What reads a seed. */
export type SeedKind = keyof typeof READERS;

/** What upload takes, inspection must be able to read. */
async function readBothWays(bytes: Buffer): Promise<void> {
  const strict = await isRead(readArchive(bytes, { limits: LIMITS }));
  const container = readContainer(bytesAsRandomAccess(bytes), { limits: LIMITS, name: 'content' });
  const loose = await isRead(unpack(container, LIMITS));
  if (strict === null && loose !== null) throw new Error('upload took it', { cause: loose });
  if (loose !== null) throw loose;
}

/** Walks to the end; gives the error of ours that ended it. */
async function isRead(parts: AsyncIterable<object>): Promise<Error | null> {
  try {
    for await (const part of parts) if ('reason' in part) assertOurs(String(part.reason));
    return null;
  } catch (error) {
    if (isCountersignError(error)) return error;
    throw error;
  }
}

/** All rules that need no release; twice, since the report must be the same to the byte. */
async function inspectAlone(bytes: Buffer, name: string): Promise<void> {
  const report = await inspectOnce(bytes, name);
  for (const { reason } of report.unread) assertOurs(reason);
  if (bytes.length % 8 !== 0) return;
  const again = await inspectOnce(bytes, name);
  if (JSON.stringify(again) !== JSON.stringify(report)) throw new Error('two reports differ');
}

async function inspectOnce(bytes: Buffer, file: string) {
  const source = bytesAsRandomAccess(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!isSha256(sha256)) throw new Error('a digest is 64 digits');
  const format = detectContainer(bytes);
  const isArchive = format !== undefined && isReadable(format);
  const plain = async function* () {
    const { length: sizeBytes } = bytes;
    const body = readSequentially(source);
    yield { path: file, kind: 'file', mode: 0o644, sizeBytes, body } as const;
  };
  const entries = isArchive ? readContainer(source, { limits: LIMITS, name: 'content' }) : plain();
  const form = isArchive ? 'archive' : 'plain';
  const loose = { file, sha256, sizeBytes: bytes.length, form, entries, limits: LIMITS } as const;
  return inspectFile(loose, 'plausible');
}

/** Something unread for another reason than one of ours is a crash that somebody caught. */
function assertOurs(reason: string): void {
  if (/: (?:\w*Error|an unknown error)(?: \(and \d+ more like it\))?$/.test(reason)) {
    throw new Error(`hidden crash: ${reason}`);
  }
}
