/**
 * Which commands publish. By the command lines of the clients as their documentation has them; a
 * dry run publishes nothing.
 */
import type { ShellCommand } from '../shell-command.ts';
import type { ReadAct } from './publish-act.ts';

type Ecosystem = ReadAct['ecosystem'];

/** `arguments` after the words that name the command. */
interface Form {
  readonly words: readonly string[];
  readonly ecosystem: Ecosystem;
  readonly kind?: ReadAct['kind'];
  /** Whether other words may stand between those that name the command. */
  readonly isLoose?: true;
  /** Whether an argument can name a finished file. */
  readonly takesFile?: boolean;
}

const FORMS: readonly Form[] = [
  { words: ['npm', 'publish'], ecosystem: 'npm', takesFile: true },
  { words: ['npm', 'stage', 'publish'], ecosystem: 'npm', kind: 'stage', takesFile: true },
  { words: ['pnpm', 'publish'], ecosystem: 'npm', takesFile: true },
  { words: ['yarn', 'publish'], ecosystem: 'npm', takesFile: true },
  { words: ['yarn', 'npm', 'publish'], ecosystem: 'npm' },
  { words: ['bun', 'publish'], ecosystem: 'npm', takesFile: true },
  { words: ['lerna', 'publish'], ecosystem: 'npm' },
  { words: ['nx', 'release', 'publish'], ecosystem: 'npm' },
  { words: ['nx', 'release'], ecosystem: 'npm' },
  { words: ['changeset', 'publish'], ecosystem: 'npm' },
  { words: ['semantic-release'], ecosystem: 'npm' },
  { words: ['multi-semantic-release'], ecosystem: 'npm' },
  { words: ['release-it'], ecosystem: 'npm' },
  { words: ['np'], ecosystem: 'npm' },
  { words: ['auto', 'shipit'], ecosystem: 'npm' },
  { words: ['beachball', 'publish'], ecosystem: 'npm' },
  { words: ['twine', 'upload'], ecosystem: 'pypi', takesFile: true },
  { words: ['uv', 'publish'], ecosystem: 'pypi', takesFile: true },
  { words: ['pdm', 'publish'], ecosystem: 'pypi' },
  { words: ['poetry', 'publish'], ecosystem: 'pypi' },
  { words: ['flit', 'publish'], ecosystem: 'pypi' },
  { words: ['hatch', 'publish'], ecosystem: 'pypi', takesFile: true },
  { words: ['rye', 'publish'], ecosystem: 'pypi' },
  { words: ['pixi', 'upload'], ecosystem: 'pypi' },
  { words: ['maturin', 'publish'], ecosystem: 'pypi' },
  { words: ['maturin', 'upload'], ecosystem: 'pypi', takesFile: true },
  { words: ['setup.py', 'upload'], ecosystem: 'pypi', isLoose: true },
  { words: ['cargo', 'publish'], ecosystem: 'other' },
  { words: ['cargo', 'release'], ecosystem: 'other' },
  { words: ['gem', 'push'], ecosystem: 'other', takesFile: true },
  { words: ['rake', 'release'], ecosystem: 'other' },
  { words: ['dotnet', 'nuget', 'push'], ecosystem: 'other', takesFile: true },
  { words: ['nuget', 'push'], ecosystem: 'other', takesFile: true },
  { words: ['vsce', 'publish'], ecosystem: 'other' },
  { words: ['ovsx', 'publish'], ecosystem: 'other' },
  { words: ['jsr', 'publish'], ecosystem: 'other' },
  { words: ['deno', 'publish'], ecosystem: 'other' },
  { words: ['docker', 'push'], ecosystem: 'other' },
  { words: ['release-plz', 'release'], ecosystem: 'other' },
  { words: ['pnpm', 'stage', 'publish'], ecosystem: 'npm', kind: 'stage', takesFile: true },
  { words: ['yarn', 'npm', 'stage'], ecosystem: 'npm', kind: 'stage' },
];

/** By first word: most commands have none. */
const BY_PROGRAM = Map.groupBy(FORMS, (form) => form.words[0]);

/** Programs that run another one: what follows them is looked at as a command. */
const RUNNERS: readonly (readonly string[])[] = [
  ['npx'],
  ['pnpx'],
  ['bunx'],
  ['pnpm', 'exec'],
  ['pnpm', 'dlx'],
  ['npm', 'exec'],
  ['yarn', 'dlx'],
  ['yarn', 'run'],
  ['yarn'],
  ['pnpm'],
  ['bun', 'x'],
  ['corepack'],
  ['uvx'],
  ['uv', 'tool', 'run'],
  ['uv', 'run'],
  ['pipx', 'run'],
  ['poetry', 'run'],
  ['pdm', 'run'],
  ['hatch', 'run'],
  ['bundle', 'exec'],
  ['python', '-m'],
  ['python3', '-m'],
  ['py', '-m'],
  ['python'],
  ['python3'],
];

const DRY_RUN = new Set([
  '--dry-run',
  '--dryrun',
  '--dry',
  '-n',
  '--no-publish',
  '--skip-publish',
  '--help',
]);
const REGISTRY_OPTIONS = [
  '--registry',
  '--repository-url',
  '--publish-url',
  '--repository',
  '--index',
  '-r',
];

/** What the command publishes, or null for nothing. */
export function publishCommand(command: ShellCommand): ReadAct | null {
  return readWords(
    command.words.map((word) => word.text),
    0,
  );
}

function readWords(words: readonly string[], depth: number): ReadAct | null {
  const own = dropGlobalOptions(words);
  const forms = BY_PROGRAM.get(programName(own[0] ?? '')) ?? [];
  for (const form of forms) {
    const rest = afterWords(own, form.words, form.isLoose);
    if (rest !== null) return readAct(form, rest);
  }
  if (programName(own[0] ?? '') === 'curl') return readUpload(own);
  if (depth >= 3) return null;
  for (const runner of RUNNERS) {
    const rest = afterWords(own, runner);
    if (rest === null || rest.length === 0) continue;
    const act = readWords(dropOptions(rest), depth + 1);
    if (act !== null) return act;
  }
  return null;
}

/** `./node_modules/.bin/lerna`, `lerna@8` and `lerna.cmd` are `lerna`. */
function programName(word: string): string {
  const base = word.slice(word.lastIndexOf('/') + 1);
  const at = base.indexOf('@', 1);
  const name = at === -1 ? base : base.slice(0, at);
  return name.endsWith('.cmd') || name.endsWith('.exe') ? name.slice(0, -4) : name;
}

/** What stands after the words of a form; null where they are not there. Options may stand between. */
function afterWords(
  words: readonly string[],
  [first, ...more]: readonly string[],
  isLoose = false,
): readonly string[] | null {
  if (programName(words[0] ?? '') !== first) return null;
  let rest: readonly string[] = words.slice(1);
  for (const wanted of more) {
    if (isLoose) rest = rest.slice(Math.max(0, rest.indexOf(wanted)));
    if (rest[0] !== wanted) rest = dropOptions(rest);
    if (rest[0] !== wanted) return null;
    rest = rest.slice(1);
  }
  return rest;
}

/** `pnpm -r publish`, `yarn --cwd x publish`, `npm --workspaces publish`: nobody knows each option's arity. */
function dropGlobalOptions(words: readonly string[]): readonly string[] {
  const program = programName(words[0] ?? '');
  if (!['npm', 'pnpm', 'yarn', 'bun', 'cargo'].includes(program)) return words;
  const at = words.findIndex((word) => word === 'publish' || word === 'npm' || word === 'stage');
  const between = words.slice(1, Math.max(at, 1));
  const isOptions = at > 1 && between[0]?.startsWith('-') === true;
  return isOptions ? [words[0] ?? '', ...words.slice(at)] : words;
}

function dropOptions(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !word.startsWith('-'));
  return at === -1 ? [] : words.slice(at);
}

function readAct(form: Form, rest: readonly string[]): ReadAct | null {
  if (rest.some((word) => DRY_RUN.has(word))) return null;
  const tool = form.words.slice(0, form.words.includes('publish') ? -1 : undefined).join(' ');
  return {
    ecosystem: form.ecosystem,
    tool,
    kind: rest.includes('--stage') ? 'stage' : (form.kind ?? 'publish'),
    artifact: form.takesFile === true ? namedFile(rest) : null,
    registry: optionValue(rest, REGISTRY_OPTIONS),
  };
}

/** A form of PyPI's upload protocol, sent by hand. */
function readUpload(words: readonly string[]): ReadAct | null {
  if (!words.some((word) => word.endsWith(':action=file_upload'))) return null;
  return {
    ecosystem: 'pypi',
    tool: 'curl',
    kind: 'publish',
    artifact: words.find((word) => /content=@/.test(word)) ?? null,
    registry: words.find((word) => /^https?:\/\/|^\$/.test(word)) ?? null,
  };
}

/** The first argument that is no option, where it names packed files. */
function namedFile(rest: readonly string[]): string | null {
  return (
    rest.find(
      (word) =>
        /\.(?:tgz|tar\.gz|whl|gem|nupkg|zip)$|^dist\/|\/\*$/.test(word) && !word.startsWith('-'),
    ) ?? null
  );
}

function optionValue(rest: readonly string[], options: readonly string[]): string | null {
  for (const [at, word] of rest.entries()) {
    for (const option of options) {
      if (word === option) return rest[at + 1] ?? null;
      if (word.startsWith(`${option}=`)) return word.slice(option.length + 1);
    }
  }
  return null;
}
