import { passiveKind } from '../artifact/file-kind.ts';
import type { PackedFile } from '../artifact/packed-tree.ts';
import type { ArtifactProblem, ArtifactRule } from '../rule.ts';
import { npmFirst } from '../samples/sample-artifact.ts';

const SPECIAL = 0o7000;
const WORLD_WRITABLE = 0o002;
const EXECUTABLE = 0o111;
/** Characters of the names that one line of `chmod` has; the others are counted. */
const NAMES_LENGTH = 240;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'file-mode',
  version: 4,
  category: 'content',
  severity: 'medium',
  effect: 'hold',
  about:
    'Modes of packed files: configuration, documentation, web assets, data and source are not executable, scripts with a shebang are, and nothing is setuid, setgid, sticky or writable by everybody. One finding for all files of a kind',
  attack:
    'What looks like data is started as a program; a setuid file gives its rights to everyone who installs as root; a file that everybody may write to is changed after it was installed',
  mend: 'Run the printed `chmod` line in the source tree and pack again, or set the mode where the archive is made; where every file has it, the tool that packs gives it',
  *check({ tree }) {
    const files = tree.files.filter((one) => one.form !== 'link');
    const isStarted = (one: PackedFile) => (one.mode & EXECUTABLE) !== 0;
    const normal = (one: PackedFile) => (isStarted(one) ? 0o755 : 0o644);
    for (const mode of [0o755, 0o644]) {
      const special = files.filter((one) => (one.mode & SPECIAL) !== 0 && normal(one) === mode);
      yield* problemOf(special, mode, 'setuid, setgid or sticky', {
        effect: 'reject',
        severity: 'high',
      });
      const open = files.filter((one) => (one.mode & WORLD_WRITABLE) !== 0 && normal(one) === mode);
      yield* problemOf(open, mode, 'for everybody to write to', {});
    }
    for (const kind of ['configuration', 'documentation', 'a web asset', 'data', 'source']) {
      const started = files.filter((one) => isStarted(one) && passiveKind(one.path) === kind);
      const found = started.filter((one) => !isProgram(one));
      yield* problemOf(found, 0o644, `${kind} and executable`, {});
      // compilers copy the first line of a program into its declarations, and Cython reads one
      if (kind === 'source') continue;
      const posing = started.filter(isProgram);
      yield* problemOf(posing, 0o644, `${kind} by name, and a program that starts`, {});
    }
    const scripts = files.filter(
      (one) => one.hasShebang && !isStarted(one) && passiveKind(one.path) === null,
    );
    // installers set the modes of what they link as commands; only a direct start fails
    yield* problemOf(scripts, 0o755, 'a script with a shebang and not executable', {
      effect: 'note',
      severity: 'low',
    });
  },
  examples: {
    bad: [
      { about: 'an executable configuration', make: () => npmFirst({}, { 'a.json': [0o755, ''] }) },
      { about: 'an executable readme', make: () => npmFirst({}, { 'README.md': [0o755, ''] }) },
      { about: 'an executable style sheet', make: () => npmFirst({}, { 'a.css': [0o744, ''] }) },
      { about: 'executable data', make: () => npmFirst({}, { 'a.csv': [0o755, 'a,b'] }) },
      {
        about: 'a picture that starts as a script',
        make: () => npmFirst({}, { 'a.png': [0o755, '#!/bin/sh\nevil\n'] }),
      },
      { about: 'an executable source', make: () => npmFirst({}, { 'a.c': [0o755, ''] }) },
      {
        about: 'a setuid program',
        make: () => npmFirst({}, { 'a.sh': [0o4755, '#!/bin/sh\n'] }),
      },
      { about: 'a sticky file', make: () => npmFirst({}, { a: [0o1644, ''] }) },
      {
        about: 'a file that everybody may write to',
        make: () => npmFirst({}, { 'a.js': [0o666, ''] }),
      },
      {
        about: 'a package of which every file is executable, as some build tools leave it',
        make: () => npmFirst({}, { 'README.md': [0o755, ''], 'a.js': [0o755, ''] }),
      },
      {
        about: 'more files than one line names',
        make: () =>
          npmFirst(
            {},
            Object.fromEntries(
              Array.from({ length: 300 }, (_, at) => [`docs/page-${at}.md`, [0o755, ''] as const]),
            ),
          ),
      },
    ],
    fine: [
      { about: 'files as usual', make: () => npmFirst({}, { 'a.json': '{}', 'a.js': '' }) },
      {
        about: 'an executable script',
        make: () => npmFirst({}, { 'a.sh': [0o755, '#!/bin/sh\n'] }),
      },
      {
        about: 'declarations with the first line of their program',
        make: () => npmFirst({}, { 'a.d.ts': [0o755, '#!/usr/bin/env node\n'] }),
      },
      { about: 'a library that is loaded', make: () => npmFirst({}, { 'a.so': [0o755, ''] }) },
    ],
  },
};

/** It starts as what its first bytes say. */
function isProgram({ hasShebang, form }: PackedFile): boolean {
  return hasShebang || form === 'native';
}

/** One finding about all of `files`, in its place where there is one file only. */
function* problemOf(
  files: readonly PackedFile[],
  mode: number,
  what: string,
  how: Pick<ArtifactProblem, 'effect' | 'severity'>,
): Iterable<ArtifactProblem> {
  const [first] = files;
  if (first === undefined) return;
  const named = namesOf(files);
  const left = files.length - named.length;
  const line = `chmod ${mode.toString(8)} ${named.join(' ')}`.trim();
  const more = left === 0 ? '' : ` and ${left} more`;
  const modes = [...new Set(files.map((one) => one.mode.toString(8).padStart(3, '0')))].sort();
  const counted = files.length === 1 ? 'a file is' : `${files.length} files are`;
  yield {
    message: `${counted} ${what} (mode ${modes.slice(0, 3).join(', ')}): ${line}${more}`,
    subject: `${what} ${mode}`,
    ...(files.length === 1 ? { path: first.path } : {}),
    ...how,
  };
}

/** Names as they can be copied: a place inside of the package is that of the source tree. */
function namesOf(files: readonly PackedFile[]): readonly string[] {
  let length = 0;
  return files
    .map((one) => one.place)
    .filter((place) => /^[\w@%+=:,./-]+$/.test(place))
    .filter((place) => {
      length += place.length + 1;
      return length <= NAMES_LENGTH;
    });
}
