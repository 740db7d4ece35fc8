import {
  type ArchiveEntry,
  type ArchiveLimits,
  archiveLimit,
  malformedArchive,
} from './archive-entry.ts';
import { quoteForeign } from './text.ts';

/**
 * The paths of one archive, as they come. Refuses whatever would make two unpackers see two
 * different trees, or one of them write outside its folder.
 */
export interface ArchivePaths {
  /**
   * The normal form of `raw`. Throws 'malformed-archive' (absolute, `..`, backslash, drive letter,
   * control character, lone surrogate, empty, seen before, or below something that is no folder)
   * and 'limit-exceeded' (length of a path, number of paths).
   */
  add(raw: string, kind: ArchiveEntry['kind']): string;
}

/** A folder may be listed again; nothing else may. Case differences are not looked at. */
export function createArchivePaths(limits: ArchiveLimits): ArchivePaths {
  const seen = new Map<string, 'folder' | 'implied' | 'leaf'>();

  function remember(path: string, as: 'folder' | 'implied' | 'leaf'): void {
    seen.set(path, as);
    if (seen.size > limits.entries) {
      throw archiveLimit('the archive', `holds more than ${limits.entries} files and folders`);
    }
  }

  function addFolders(path: string): void {
    // From the leaf upwards: a known folder has known parents.
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const parent = path.slice(0, at);
      const known = seen.get(parent);
      if (known === 'leaf') {
        throw refused(path, `lies below ${quoteForeign(parent)}, which is no folder`);
      }
      if (known !== undefined) return;
      remember(parent, 'implied');
    }
  }

  return {
    add(raw, kind) {
      const path = normalizePath(raw, limits);
      const known = seen.get(path);
      if (known !== undefined && (kind !== 'directory' || known === 'leaf')) {
        throw refused(path, 'is in the archive twice');
      }
      addFolders(path);
      if (known !== 'folder') remember(path, kind === 'directory' ? 'folder' : 'leaf');
      return path;
    },
  };
}

function normalizePath(raw: string, limits: ArchiveLimits): string {
  assertPathLength(raw, limits);
  if (/[\u0000-\u001f\u007f-\u009f]/.test(raw)) throw refused(raw, 'holds a control character');
  if (!raw.isWellFormed()) throw refused(raw, 'holds half of a surrogate pair');
  if (raw.includes('\\')) throw refused(raw, 'holds a backslash; paths are written with "/"');
  if (raw.startsWith('/')) throw refused(raw, 'is absolute; expected a relative path');
  if (/^[A-Za-z]:/.test(raw)) throw refused(raw, 'begins with a drive letter');
  const segments = raw.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw refused(raw, 'leads out of its folder with ".."');
  if (segments.length === 0 && raw !== '.' && raw !== './') throw refused(raw, 'is empty');
  return segments.length === 0 ? '.' : segments.join('/');
}

/** Throws 'limit-exceeded' for a path or link target above `limits.pathBytes`. */
export function assertPathLength(path: string, limits: ArchiveLimits): void {
  const length = Buffer.byteLength(path);
  if (length > limits.pathBytes) {
    throw archiveLimit(
      `entry ${quoteForeign(path)}`,
      `has a path of ${length} bytes, at most ${limits.pathBytes} are read`,
    );
  }
}

function refused(path: string, problem: string): Error {
  return malformedArchive(`entry ${quoteForeign(path)}`, problem);
}
