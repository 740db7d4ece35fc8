import { type ArchiveEntry, type ArchiveLimits, archiveLimit } from './archive-entry.ts';
import type { OddityCode, ReportOddity } from './archive-oddity.ts';
import { quoteForeign } from './text.ts';

/**
 * The paths of one archive, as they come. Reports whatever would make two unpackers see two
 * different trees, one of them write outside its folder, or a person read another name.
 */
export interface ArchivePaths {
  /**
   * The normal form of `raw`. Reports 'unsafe-path' (absolute, `..`, backslash, drive letter,
   * control character, lone surrogate, empty), 'duplicate-path' (seen before, or below something
   * that is no folder), 'case-collision' and 'deceptive-name'. Throws 'limit-exceeded' (length of a
   * path, number of paths). Where `report` returns, an unsafe path has been made harmless.
   */
  add(raw: string, kind: ArchiveEntry['kind']): string;
}

/** What turns the direction of text, or cannot be seen: the name on a screen is then another. */
const DECEPTIVE = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** A path of printable ASCII that is its own normal form and not unsafe; nearly all paths are. */
const ORDINARY = /^(?:(?!\.{0,2}\/|[A-Za-z]:)[ -.0-[\]-~]+\/)*(?!\.{1,2}$|[A-Za-z]:)[ -.0-[\]-~]+$/;

type Place = 'folder' | 'implied' | 'leaf';

/** A folder may be listed again; nothing else may. */
export function createArchivePaths(limits: ArchiveLimits, report: ReportOddity): ArchivePaths {
  const seen = new Map<string, Place>();
  /** By folded case, the first spelling; only where it is not the folded one itself. */
  const spelled = new Map<string, string>();
  /** The folder that was added last, with all above it; nearly all paths lie beside the one before. */
  let lastFolder = '';

  function odd(code: OddityCode, path: string, problem: string, raw = path): void {
    report({ code, where: `entry ${quoteForeign(raw)}`, problem, path });
  }

  function remember(path: string, as: Place, known?: Place): void {
    if (known === undefined) lookForCollision(path);
    else if (as === 'leaf') lastFolder = '';
    seen.set(path, as);
    if (seen.size > limits.entries) {
      const problem = `holds more than ${limits.entries} files and folders`;
      throw archiveLimit('the archive', problem, 'entries');
    }
  }

  function lookForCollision(path: string): void {
    const folded = foldPath(path);
    const other = folded === path ? undefined : seen.has(folded) ? folded : undefined;
    const first = other ?? spelled.get(folded);
    if (first !== undefined) {
      const isCase = first.toLowerCase() === path.toLowerCase();
      const problem = isCase
        ? `differs from ${quoteForeign(first)} in case only`
        : `is ${quoteForeign(first)} where accents are composed, or ends of names left out`;
      odd('case-collision', path, problem);
    }
    if (folded !== path) spelled.set(folded, path);
  }

  function addFolders(path: string): void {
    const end = path.lastIndexOf('/');
    if (end <= 0 || (end === lastFolder.length && path.startsWith(lastFolder))) return;
    const isSound = addFoldersAbove(path);
    if (isSound) lastFolder = path.slice(0, end);
  }

  /** Whether none of them is a leaf: that is told for each path below it. */
  function addFoldersAbove(path: string): boolean {
    // From the leaf upwards: a known folder has known parents.
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const parent = path.slice(0, at);
      const known = seen.get(parent);
      if (known === 'leaf') {
        odd('duplicate-path', path, `lies below ${quoteForeign(parent)}, which is no folder`);
        return false;
      }
      if (known !== undefined) return true;
      remember(parent, 'implied');
    }
    return true;
  }

  /** The path in normal form, with whatever is wrong with it told. */
  function judge(raw: string): string {
    assertPathLength(raw, limits);
    const problem = unsafety(raw);
    if (problem !== null) odd('unsafe-path', harmless(raw), problem, raw);
    const path = problem === null ? normalize(raw) : harmless(raw);
    if (DECEPTIVE.test(path)) {
      odd('deceptive-name', path, 'has a name with characters that hide or turn text');
    }
    return path;
  }

  return {
    add(raw, kind) {
      const path = ORDINARY.test(raw) && raw.length <= limits.pathBytes ? raw : judge(raw);
      const known = seen.get(path);
      if (known !== undefined && (kind !== 'directory' || known === 'leaf')) {
        odd('duplicate-path', path, 'is in the archive twice');
      }
      addFolders(path);
      if (known !== 'folder') remember(path, kind === 'directory' ? 'folder' : 'leaf', known);
      return path;
    },
  };
}

/** What ASCII alone does not decide, and names with an end that Windows leaves out. */
const FOLDED_FURTHER = /[^\0-\x7f]|[. :](?:\/|$)|:\$/;

/** Equal for paths that are one file on some machine: macOS composes accents and folds `ß` to `ss`,
 * Windows leaves out dots and spaces at the end of a name, and the name of the stream of all content. */
function foldPath(path: string): string {
  if (!FOLDED_FURTHER.test(path)) return path.toLowerCase();
  const folded = path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
  return folded.split('/').map(withoutEnd).join('/');
}

function withoutEnd(name: string): string {
  let end = name.endsWith('::$data') ? name.length - '::$data'.length : name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}

/** Why `raw` is no path to unpack; null when it is one. */
function unsafety(raw: string): string | null {
  if (CONTROL.test(raw)) return 'holds a control character';
  if (!raw.isWellFormed()) return 'holds half of a surrogate pair';
  if (raw.includes('\\')) return 'holds a backslash; paths are written with "/"';
  if (raw.startsWith('/')) return 'is absolute; expected a relative path';
  if (/^[A-Za-z]:/.test(raw)) return 'begins with a drive letter';
  // npm takes the first folder off, and then the drive: the file lands beside that of another name
  if (/\/[A-Za-z]:/.test(raw)) return 'holds a drive letter behind a folder';
  const segments = segmentsOf(raw);
  if (segments.includes('..')) return 'leads out of its folder with ".."';
  return segments.length === 0 && raw !== '.' && raw !== './' ? 'is empty' : null;
}

function segmentsOf(raw: string): string[] {
  return raw.split('/').filter((segment) => segment !== '' && segment !== '.');
}

function normalize(raw: string): string {
  const segments = segmentsOf(raw);
  return segments.length === 0 ? '.' : segments.join('/');
}

/** A path to show for one that is not safe: what a careless unpacker would make of it. */
function harmless(raw: string): string {
  const plain = raw
    .toWellFormed()
    .replaceAll('\\', '/')
    .replace(/(^|\/)[A-Za-z]:/g, '$1');
  const visible = plain.replace(new RegExp(CONTROL, 'g'), '\ufffd');
  const segments = segmentsOf(visible).filter((segment) => segment !== '..');
  return segments.length === 0 ? '.' : segments.join('/');
}

/** Throws 'limit-exceeded' for a path or link target above `limits.pathBytes`. */
export function assertPathLength(path: string, limits: ArchiveLimits): void {
  // a unit of UTF-16 takes three bytes at most
  if (3 * path.length <= limits.pathBytes) return;
  const length = Buffer.byteLength(path);
  if (length > limits.pathBytes) {
    throw archiveLimit(
      `entry ${quoteForeign(path)}`,
      `has a path of ${length} bytes, at most ${limits.pathBytes} are read`,
      'pathBytes',
    );
  }
}

/** Whether a link at `path` leads out of the archive. Hard links are named from its root. */
export function leadsOut(path: string, kind: 'symlink' | 'hardlink', target: string): boolean {
  if (target.startsWith('/') || target.includes('\\') || /^[A-Za-z]:/.test(target)) return true;
  let depth = kind === 'hardlink' ? 0 : path.split('/').length - 1;
  for (const segment of segmentsOf(target)) {
    depth += segment === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}
