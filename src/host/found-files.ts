/** Files and folders of this machine. Knows no rules: who looks for files need not wait until those
 * are loaded. */
import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { normalize, sep } from 'node:path';
import { compareText } from '../formats/text.ts';
import { reasonOf } from './loose-report.ts';

/** A file to inspect, or a place that cannot be. `path` opens it, `shown` stands in findings. */
export type FoundFile =
  | { readonly kind: 'file'; readonly path: string; readonly shown: string }
  | { readonly kind: 'unread'; readonly shown: string; readonly reason: string }
  /** Not looked at, and no gap: a link inside of a folder, or a `.git` in it. */
  | { readonly kind: 'left-out'; readonly shown: string; readonly what: 'link' | 'history' };

/** Most files of one call; a folder with more is told to be unread from there on. */
const FILES_MAX = 100_000;

/**
 * The files at `path`, in order of name. A link is followed only where it is `path` itself: inside
 * of a folder it could lead anywhere. Never throws.
 */
export async function* findFiles(path: string, shown: string): AsyncGenerator<FoundFile> {
  const status = await stat(path).catch(reasonOf);
  let count = 0;
  for await (const found of walk(path, shown, status)) {
    if (found.kind === 'file') count += 1;
    if (count <= FILES_MAX) {
      yield found;
    } else {
      const reason = `there are more than ${FILES_MAX} files; from here on none was read`;
      yield { kind: 'unread', shown: found.shown, reason };
      return;
    }
  }
}

async function* walk(
  path: string,
  shown: string,
  status: Stats | Dirent | string,
): AsyncGenerator<FoundFile> {
  const leaf = leafOf(path, shown, status);
  if (leaf !== null) yield leaf;
  else yield* walkFolder(normalize(path), normalize(shown));
}

/** A name in a folder whose path is in normal form: there may be a hundred thousand. */
function beside(folder: string, name: string): string {
  if (folder === '.') return name;
  return folder.endsWith(sep) ? `${folder}${name}` : `${folder}${sep}${name}`;
}

/** What is no folder. */
function leafOf(path: string, shown: string, status: Stats | Dirent | string): FoundFile | null {
  if (typeof status === 'string') return { kind: 'unread', shown, reason: status };
  if (status.isSymbolicLink()) return { kind: 'left-out', shown, what: 'link' };
  if (status.isDirectory()) return null;
  if (status.isFile()) return { kind: 'file', path, shown };
  return { kind: 'unread', shown, reason: 'it is no regular file' };
}

async function* walkFolder(path: string, shown: string): AsyncGenerator<FoundFile> {
  const listed = await readdir(path, { withFileTypes: true }).catch(reasonOf);
  if (typeof listed === 'string') {
    yield { kind: 'unread', shown, reason: listed };
    return;
  }
  for (const entry of listed.sort((left, right) => compareText(left.name, right.name))) {
    const inner = beside(path, entry.name);
    const innerShown = beside(shown, entry.name);
    const leaf: FoundFile | null =
      entry.name === '.git'
        ? { kind: 'left-out', shown: innerShown, what: 'history' }
        : leafOf(inner, innerShown, entry);
    if (leaf !== null) yield leaf;
    else yield* walkFolder(inner, innerShown);
  }
}
