/** Finds the core metadata inside a wheel or an sdist, and holds it against the file name. */
import { CountersignError } from '../core/errors.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import {
  normalizeProjectName,
  normalizePythonVersion,
  type PythonFileName,
} from './python-filename.ts';
import { type PythonMetadata, parsePythonMetadata } from './python-metadata.ts';
import { quoteForeign } from './text.ts';

/**
 * Metadata of a wheel (PEP 427). Reads all `entries`. Throws 'malformed-archive' (not exactly one
 * *.dist-info folder, METADATA, WHEEL or RECORD missing or no files), 'metadata-disagrees' (folder,
 * file name and metadata name different projects or versions), and as `parsePythonMetadata`.
 */
export async function readWheelMetadata(
  entries: AsyncIterable<ArchiveEntry>,
  file: PythonFileName,
): Promise<PythonMetadata> {
  const folders = new Set<string>();
  const needed = new Map<string, ArchiveEntry>();
  let metadata: PythonMetadata | undefined;
  for await (const entry of entries) {
    const [folder = '', name = '', ...deeper] = entry.path.split('/');
    if (!folder.toLowerCase().endsWith('.dist-info')) continue;
    folders.add(folder);
    if (deeper.length > 0 || !['METADATA', 'WHEEL', 'RECORD'].includes(name)) continue;
    if (entry.kind !== 'file') throw badLayout(file, `${name} is a ${entry.kind}`);
    needed.set(name, entry);
    if (name === 'METADATA') metadata = parsePythonMetadata(entry.content, entry.path);
  }
  const [folder] = folders;
  if (folder === undefined || folders.size > 1) {
    throw badLayout(file, `expected one .dist-info folder, found ${folders.size}`);
  }
  for (const name of ['METADATA', 'WHEEL', 'RECORD']) {
    if (!needed.has(name))
      throw badLayout(file, `there is no ${quoteForeign(`${folder}/${name}`)}`);
  }
  if (metadata === undefined) throw badLayout(file, 'there is no METADATA');
  assertFolder(folder.slice(0, -'.dist-info'.length), file);
  assertAgrees(metadata, file);
  return metadata;
}

/**
 * Metadata of an sdist (PEP 625, and older ones). Reads all `entries`. Throws 'malformed-archive'
 * (not exactly one top-level folder, no PKG-INFO in it), 'metadata-disagrees' as for wheels, and
 * as `parsePythonMetadata`.
 */
export async function readSdistMetadata(
  entries: AsyncIterable<ArchiveEntry>,
  file: PythonFileName,
): Promise<PythonMetadata> {
  let folder: string | undefined;
  let metadata: PythonMetadata | undefined;
  for await (const entry of entries) {
    if (entry.path === '.') continue;
    const [top = '', name, ...deeper] = entry.path.split('/');
    folder ??= top;
    if (top !== folder || (name === undefined && entry.kind !== 'directory')) {
      throw badLayout(
        file,
        `expected one top-level folder, found also ${quoteForeign(entry.path)}`,
      );
    }
    if (name !== 'PKG-INFO' || deeper.length > 0) continue;
    if (entry.kind !== 'file') throw badLayout(file, `PKG-INFO is a ${entry.kind}`);
    metadata = parsePythonMetadata(entry.content, entry.path);
  }
  if (folder === undefined || metadata === undefined) {
    throw badLayout(file, `there is no PKG-INFO in ${folder ?? 'it'}`);
  }
  assertFolder(folder, file);
  assertAgrees(metadata, file);
  return metadata;
}

function assertFolder(stem: string, file: PythonFileName): void {
  const hyphen = stem.lastIndexOf('-');
  const agrees =
    hyphen > 0 &&
    normalizeProjectName(stem.slice(0, hyphen)) === file.project &&
    normalizePythonVersion(stem.slice(hyphen + 1)) === file.version;
  if (!agrees) {
    throw disagrees(file, `its folder is for ${quoteForeign(stem)}`);
  }
}

function assertAgrees(metadata: PythonMetadata, file: PythonFileName): void {
  if (metadata.project !== file.project) {
    throw disagrees(file, `its metadata names the project ${quoteForeign(metadata.name)}`);
  }
  if (normalizePythonVersion(metadata.version) !== file.version) {
    throw disagrees(file, `its metadata has the version ${quoteForeign(metadata.version)}`);
  }
}

function disagrees(file: PythonFileName, problem: string): CountersignError {
  return new CountersignError(
    'metadata-disagrees',
    `${file.fileName}: expected ${file.project} ${file.version} as in the file name; ${problem}`,
    { hint: 'build it again and do not rename the file' },
  );
}

function badLayout(file: PythonFileName, problem: string): CountersignError {
  return new CountersignError('malformed-archive', `${file.fileName}: ${problem}`, {
    hint: 'build it again with an up-to-date build backend',
  });
}
