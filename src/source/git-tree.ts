/** Reads the files of a commit out of a mirror: where its packages lie, and what each file holds. */

import { createHash, type Hash } from 'node:crypto';
import { parse as parseToml } from 'smol-toml';
import { CountersignError } from '../core/errors.ts';
import { isObjectId } from '../core/git-names.ts';
import { requireSha256, type Sha256 } from '../core/names.ts';
import {
  SOURCE_FILES_MAX,
  type SourceFile,
  type SourcePackage,
  type SourceTree,
} from '../core/source-tree.ts';
import { normalizeProjectName } from '../formats/python-filename.ts';
import { type GitBlob, readBlobs } from './git-blobs.ts';
import type { GitProcess } from './git-process.ts';

/** A package of the project, by its normal name. */
export interface WantedPackage {
  readonly ecosystem: string;
  readonly package: string;
}

const LISTING_MAX_BYTES = 64 * 1024 * 1024;
const CONTENT_MAX_BYTES = 2 * 1024 ** 3;
const MANIFEST_MAX_BYTES = 1024 * 1024;
const MANIFESTS_MAX = 2000;
const TREE_MS = 300_000;

interface TreeEntry extends GitBlob {
  readonly path: string;
  readonly kind: SourceFile['kind'];
}

/**
 * The tree of `commit` below the roots of `packages`, and the files at its top. Throws
 * `source-unreachable` for a commit that is not in the mirror, and for one past the bounds.
 */
export async function readSourceTree(
  git: GitProcess,
  folder: string,
  commit: string,
  packages: readonly WantedPackage[],
): Promise<SourceTree> {
  if (!isObjectId(commit)) throw tooMuch('expected the full id of a commit');
  const listing = await git.read({
    folder,
    args: ['ls-tree', '-r', '-z', '--long', '--full-tree', commit],
    timeoutMs: TREE_MS,
    maxBytes: LISTING_MAX_BYTES,
  });
  const entries = parseListing(listing);
  const places = await findPackages(git, folder, entries, packages);
  const roots = places.flatMap((one) => (one.root === null ? [] : [one.root]));
  const wanted = entries.filter(
    ({ path }) => !path.includes('/') || roots.some((root) => isBelow(path, root)),
  );
  if (wanted.length > SOURCE_FILES_MAX) {
    throw tooMuch(
      `commit ${commit} has ${wanted.length} files, at most ${SOURCE_FILES_MAX} are compared`,
    );
  }
  const files = await digestAll(git, folder, wanted);
  return { schema: 'countersign/source-tree/v1', commit, packages: places, files };
}

function isBelow(path: string, root: string): boolean {
  return root === '' || path.startsWith(`${root}/`);
}

/** `mode SP type SP id SP+ size TAB path NUL`; paths that are not UTF-8 no package can name. */
function parseListing(listing: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const record of listing.toString('utf8').split('\0')) {
    const found = /^(\d{6}) (blob|commit) ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(record);
    if (found === null) continue;
    const [, mode = '', type, id = '', size, path = ''] = found;
    const kind = type === 'commit' ? 'submodule' : mode === '120000' ? 'link' : 'file';
    entries.push({ path, kind, id, sizeBytes: size === '-' ? 0 : Number(size) });
  }
  return entries.sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** Each package's folder: the one nearest to the top whose manifest has its name. */
async function findPackages(
  git: GitProcess,
  folder: string,
  entries: readonly TreeEntry[],
  packages: readonly WantedPackage[],
): Promise<readonly SourcePackage[]> {
  const manifests = entries
    .filter(
      ({ path, kind, sizeBytes }) =>
        kind === 'file' &&
        sizeBytes <= MANIFEST_MAX_BYTES &&
        /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.cfg)$/.test(path) &&
        !/(?:^|\/)node_modules\//.test(path),
    )
    .toSorted((left, right) => depthOf(left.path) - depthOf(right.path))
    .slice(0, MANIFESTS_MAX);
  const texts = new Map<string, string>();
  await readBlobs(git, folder, manifests, (entry) => {
    const chunks: Buffer[] = [];
    return {
      take: (chunk) => void chunks.push(chunk),
      end: () => void texts.set(entry.path, Buffer.concat(chunks).toString('utf8')),
    };
  });
  return packages.map((one) => {
    const found = manifests.find(({ path }) => namesPackage(path, texts.get(path) ?? '', one));
    const root = found === undefined ? null : folderOf(found.path);
    const manifest = one.ecosystem === 'npm' && found !== undefined ? texts.get(found.path) : null;
    return { ...one, root, manifest: manifest?.toWellFormed() ?? null };
  });
}

function depthOf(path: string): number {
  return path.split('/').length;
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function namesPackage(path: string, text: string, { ecosystem, package: name }: WantedPackage) {
  if (path.endsWith('package.json')) return ecosystem === 'npm' && npmNameOf(text) === name;
  if (ecosystem !== 'pypi') return false;
  const found = path.endsWith('.toml') ? tomlNameOf(text) : setupNameOf(text);
  return found !== null && normalizeProjectName(found) === normalizeProjectName(name);
}

function npmNameOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : null;
  } catch {
    return null;
  }
}

/** `project.name`, or that of Poetry's own table. */
function tomlNameOf(text: string): string | null {
  try {
    const value = parseToml(text) as {
      readonly project?: { readonly name?: unknown };
      readonly tool?: { readonly poetry?: { readonly name?: unknown } };
    };
    const name = value.project?.name ?? value.tool?.poetry?.name;
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

function setupNameOf(text: string): string | null {
  const metadata = /^\[metadata\]\s*$([^[]*)/m.exec(text)?.[1] ?? '';
  return /^name\s*=\s*(\S+)\s*$/m.exec(metadata)?.[1] ?? null;
}

async function digestAll(
  git: GitProcess,
  folder: string,
  entries: readonly TreeEntry[],
): Promise<readonly SourceFile[]> {
  const total = entries.reduce((sum, one) => sum + one.sizeBytes, 0);
  if (total > CONTENT_MAX_BYTES) {
    throw tooMuch(`the commit has ${total} bytes, at most ${CONTENT_MAX_BYTES} are compared`);
  }
  const digests = new Map<string, Sha256>();
  const blobs = entries.filter((one) => one.kind !== 'submodule');
  await readBlobs(git, folder, blobs, (entry) => {
    const hash = createHash('sha256');
    return {
      take: (chunk) => void hash.update(chunk),
      end: () => void digests.set(entry.path, digestOf(hash)),
    };
  });
  return entries.map(({ path, kind, id, sizeBytes }) => ({
    path: path.toWellFormed(),
    kind,
    sizeBytes,
    sha256: digests.get(path) ?? digestOf(createHash('sha256').update(id)),
  }));
}

function digestOf(hash: Hash): Sha256 {
  return requireSha256(hash.digest('hex'));
}

function tooMuch(message: string): CountersignError {
  return new CountersignError('source-unreachable', message, {
    hint: 'a commit that cannot be read cannot be compared with what was packed',
  });
}
