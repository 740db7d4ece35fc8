import { isCode, passiveKind } from '../../inspect/artifact/file-kind.ts';
import type { RepositoryFile } from '../repository.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { SourceText } from '../source-text.ts';

/** Started by Windows by their name, whatever git says of their mode. */
const STARTED_BY_NAME = /\.(?:bat|cmd|ps1|exe|vbs)$/i;
/** Findings of one kind; the rest is told in one. */
const TOLD_MAX = 100;

export const rule: PostureRule = {
  id: 'file-mode',
  reference: null,
  severity: 'low',
  confidence: 'proven',
  area: 'validation',
  scope: 'repository',
  about:
    'in the index of git, configuration, documentation, web assets, data and source files are not executable, and scripts with a shebang are',
  attack:
    'what looks like data is started as a program, and in a tree where everything is executable nobody notices the one file that should not be',
  mend: 'set the mode in the index: git update-index --chmod=-x FILE, or +x for a script that is started by its name',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'a configuration, a page and a program text that are executable',
        files: { 'config.yaml': 'a: 1\n', 'index.html': '<p>', 'src/index.ts': 'export {};\n' },
        modes: { 'config.yaml': '100755', 'index.html': '100755', 'src/index.ts': '100755' },
        found: ['config.yaml:1', 'index.html:1', 'src/index.ts:1'],
      },
      {
        about: 'a script with a shebang that nobody can start',
        files: { 'bin/run.sh': '#!/bin/sh\n' },
        found: ['bin/run.sh:1'],
      },
    ],
    fine: [
      {
        about: 'modes as they should be',
        files: { 'config.yaml': 'a: 1\n', 'bin/run.sh': '#!/bin/sh\n', 'run.bat': 'echo\n' },
        modes: { 'bin/run.sh': '100755', 'run.bat': '100755' },
      },
      {
        about: 'a link, and a manual that begins as a script does',
        files: { 'config.yaml': 'other.yaml', 'manual.md': '#!/bin/sh begins a script\n' },
        modes: { 'config.yaml': '120000' },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const started: RepositoryFile[] = [];
  const unstartable: RepositoryFile[] = [];
  for (const file of context.files.values()) {
    if (isWronglyExecutable(file)) started.push(file);
    if (isUnstartable(file)) unstartable.push(file);
  }
  yield* tell(started, '100644', (path) => `${path} is ${kindOf(path)} and executable`);
  yield* tell(
    unstartable,
    '100755',
    (path) => `${path} is a script with a shebang and not executable`,
  );
}

function isWronglyExecutable({ path, mode, hasShebang }: RepositoryFile): boolean {
  if (mode !== '100755' || hasShebang !== false || STARTED_BY_NAME.test(path)) return false;
  return passiveKind(path) !== null || isCode(path);
}

function isUnstartable({ path, mode, hasShebang }: RepositoryFile): boolean {
  return mode === '100644' && hasShebang === true && passiveKind(path) === null;
}

function kindOf(path: string): string {
  return passiveKind(path) ?? 'program text without a shebang';
}

function* tell(
  files: readonly RepositoryFile[],
  mode: '100644' | '100755',
  say: (path: string) => string,
): Generator<Problem> {
  const own = files.slice(0, TOLD_MAX);
  const rest = files.slice(TOLD_MAX);
  for (const { path } of own) yield problemOf([path], mode, say(path));
  const [first] = rest;
  if (first === undefined) return;
  const paths = rest.map(({ path }) => path);
  yield problemOf(paths, mode, `${say(first.path)}, and so are ${rest.length - 1} more files`);
}

function problemOf(paths: readonly string[], mode: '100644' | '100755', message: string): Problem {
  return {
    source: new SourceText(paths[0] ?? '', ''),
    span: { start: 0, end: 0 },
    message,
    fix: {
      about: mode === '100755' ? 'make it executable in the index' : 'take the mode from the index',
      changesBehaviour: false,
      edits: paths.map((path) => ({ kind: 'mode', path, mode })),
    },
  };
}
