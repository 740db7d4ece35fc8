import { quoteForeign } from '../../formats/text.ts';
import { call } from '../artifact/file-kind.ts';
import { placesNamed } from '../artifact/named-place.ts';
import type { PackedFile, PackedTree } from '../artifact/packed-tree.ts';
import { loadedOtherwise, namesOfFiles } from '../diff/loaded-otherwise.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst } from '../samples/sample-artifact.ts';

/** What npm runs when somebody installs the package from a registry. */
const HOOKS = ['preinstall', 'install', 'postinstall'];
/** What it runs only for installations from git or a folder; it ships with the package all the same. */
const GIT_HOOKS = ['prepare', 'prepublish', 'preprepare', 'postprepare'];
/** A command that brings its code from elsewhere, or hides it. */
const FETCHES =
  /\b(?:curl|wget|powershell|pwsh|certutil|bitsadmin|rundll32|mshta)\b|https?:\/\/|\|\s*(?:ba|z)?sh\b|\bnode\s+(?:-e|--eval|-p)\b|\bpython3?\s+-c\b|\b(?:npm|pnpm|yarn|bun)\s+(?:i|install|add|exec)\b|\b(?:npx|bunx|pnpx|uvx)\b|\bbase64\b|\beval\b/;
const LARGE_BYTES = 256 * 1024;
/** What the tools that a hook starts read in its folder: which shell, registry, mirror or module
 * they begin with. */
const SETTINGS = [
  ...['.npmrc', '.yarnrc', '.yarnrc.yml', '.pnpmfile.cjs', 'pnpm-workspace.yaml', 'bunfig.toml'],
  ...['.prebuild-installrc', '.prebuildrc', '.node-gyprc', '.env', 'wireit.json'],
];
/** Fields of package.json that say where a hook fetches code for a processor, and commands find. */
const FETCHED_FROM = ['binary', 'config'];

const SETS_UP = { scripts: { install: 'node a/set.js' } };
const LOADS = `${call('require')}"../b")`;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'install-hook',
  version: 4,
  category: 'content',
  severity: 'critical',
  effect: 'hold',
  about:
    'Scripts that run on every machine that installs the package: preinstall, install and postinstall of package.json, with what they start and all that this loads',
  attack:
    'The hook that 20 of 46 package incidents added: eslint-scope 3.7.2 / eslint-config-eslint 5.0.2 (I01), ua-parser-js 0.7.29 / 0.8.0 / 1.0.0 (I05), nx s1ngularity (I26), Shai-Hulud 1 and 2.0 (I29, I30), cline 2.3.0 whose package.json alone changed (I32), keyv 6.0.0 whose tagged commit had it (I54)',
  mend: 'Do without a hook; where native code must be built or fetched, acknowledge the hook once and keep it unchanged. A new hook that fetches code, or starts a large file that is new too, is refused',
  *check(view) {
    if (view.tree.layout !== 'npm') return;
    const path = view.tree.byPlace.get('package.json')?.path;
    for (const hook of [...HOOKS, ...GIT_HOOKS]) {
      const command = view.tree.facts.get(`scripts.${hook}`);
      if (command === undefined) continue;
      const judged = judge(view, hook, command);
      if (judged === null) continue;
      yield { ...judged, subject: `scripts.${hook}`, ...(path === undefined ? {} : { path }) };
    }
  },
  examples: {
    bad: [
      {
        about: 'a first release with a hook',
        make: () => npmFirst({ scripts: { install: 'node build.js' } }, { 'build.js': '1' }),
      },
      {
        about: 'a hook that was not there before',
        make: () =>
          npmChange(
            [{}],
            [{ scripts: { postinstall: 'node telemetry.js' } }, { 'telemetry.js': '1' }],
          ),
      },
      {
        about: 'a hook that fetches code',
        make: () =>
          npmChange([{}], [{ scripts: { postinstall: 'npm install -g openclaw@latest' } }]),
      },
      {
        about: 'a hook and a large new file that it starts',
        make: () =>
          npmChange(
            [{}],
            [
              { scripts: { preinstall: 'node setup.mjs' } },
              { 'setup.mjs': 'x'.repeat(LARGE_BYTES) },
            ],
          ),
      },
      {
        about: 'a hook that does another thing than before',
        make: () =>
          npmChange(
            [{ scripts: { install: 'node-gyp rebuild' } }],
            [{ scripts: { install: 'node a.js && node-gyp rebuild' } }],
          ),
      },
      {
        about: 'a hook that runs another script, which runs another thing than before',
        make: () =>
          npmChange(
            [{ scripts: { install: 'npm run setup', setup: 'npm run a', prea: 'node a.js' } }],
            [
              {
                scripts: {
                  install: 'npm run setup',
                  setup: 'npm run a',
                  a: 'x',
                  prea: 'node b.js',
                },
              },
            ],
          ),
      },
      {
        about: 'a hook as before, and settings of npm that start a module with it',
        make: () =>
          npmChange(
            [{ scripts: { install: 'npm run a', a: 'node a.js' } }, { 'a.js': '1' }],
            [
              { scripts: { install: 'npm run a', a: 'node a.js' } },
              { 'a.js': '1', '.npmrc': 'node-options=--require ./b.js\n' },
            ],
          ),
      },
      {
        about: 'a hook as before that fetches from another host',
        make: () =>
          npmChange(
            [{ scripts: { install: 'node-pre-gyp install' }, binary: { host: 'a.example' } }],
            [{ scripts: { install: 'node-pre-gyp install' }, binary: { host: 'b.example' } }],
          ),
      },
      ...[
        'node scripts',
        'node ./scripts/',
        'node .\\\\scripts\\\\index.js',
        'node x/../scripts/index',
      ].map((install) => ({
        about: `a hook whose script has other bytes than before, named as ${install}`,
        make: () =>
          npmChange(
            [{ scripts: { install } }, { 'scripts/index.js': '1' }],
            [{ scripts: { install } }, { 'scripts/index.js': '2' }],
          ),
      })),
      {
        about: 'a hook that starts the package itself, which has other bytes than before',
        make: () =>
          npmChange(
            [{ main: 'a', scripts: { install: 'node .' } }, { 'a.js': '1' }],
            [{ main: 'a', scripts: { install: 'node .' } }, { 'a.js': '2' }],
          ),
      },
      {
        about: 'a hook whose script loads another that has other bytes than before',
        make: () =>
          npmChange(
            [SETS_UP, { 'a/set.js': LOADS, 'b.js': "export * from './c.js'", 'c.js': '1' }],
            [SETS_UP, { 'a/set.js': LOADS, 'b.js': "export * from './c.js'", 'c.js': '2' }],
          ),
      },
      {
        about: 'a hook whose script has other bytes than before',
        make: () =>
          npmChange(
            [{ scripts: { install: 'node build.js' } }, { 'build.js': '1' }],
            [{ scripts: { install: 'node build.js' } }, { 'build.js': '2' }],
          ),
      },
    ],
    noted: [
      {
        about: 'a hook as before, and other code beside what its script loads',
        make: () =>
          npmChange(
            [SETS_UP, { 'a/set.js': LOADS, 'b.js': '1', 'd.js': '1' }],
            [SETS_UP, { 'a/set.js': LOADS, 'b.js': '1', 'd.js': '2' }],
          ),
      },
    ],
    fine: [
      {
        about: 'scripts that only developers run',
        make: () => npmFirst({ scripts: { test: 'vitest', build: 'tsc' } }),
      },
      {
        about: 'scripts that only developers run, which load others',
        make: () =>
          npmChange(
            [{ scripts: { test: 'node a/set.js' } }, { 'a/set.js': LOADS, 'b.js': '1' }],
            [{ scripts: { test: 'node a/set.js' } }, { 'a/set.js': LOADS, 'b.js': '2' }],
          ),
      },
      {
        about: 'the hook that was approved before, for people who install from git',
        make: () =>
          npmChange([{ scripts: { prepare: 'husky' } }], [{ scripts: { prepare: 'husky' } }]),
      },
    ],
  },
};

function judge(
  view: ArtifactView,
  hook: string,
  command: string,
): Pick<ArtifactProblem, 'message' | 'effect' | 'severity'> | null {
  const { tree, change } = view;
  const shown = quoteForeign(command, 200);
  const known = change?.before.facts.find((one) => one.name === `scripts.${hook}`)?.value;
  if (!HOOKS.includes(hook)) {
    if (change === null || known === command) return null;
    const message = `${hook} runs ${shown} where the package is installed from git`;
    return { message, effect: 'note', severity: 'low' };
  }
  const starts = [...startedBy(command, tree), ...SETTINGS];
  const started = starts.flatMap((place) => tree.byPlace.get(place) ?? []);
  const isFresh = (one: PackedFile) =>
    change?.difference.added.some((added) => added.place === one.place) === true;
  if (known === command) {
    const script = [...scriptsOf(command, tree.facts), ...FETCHED_FROM].find((name) =>
      isNews(name, tree, change),
    );
    if (script !== undefined) {
      const message = `${hook} runs ${shown} as before, and ${quoteForeign(script)} is another`;
      return { message };
    }
    return asBefore(`${hook} runs ${shown}`, starts, view);
  }
  const news = change === null ? 'runs' : known === undefined ? 'is new and runs' : 'now runs';
  if (change === null) return { message: `${hook} runs ${shown} on every machine that installs` };
  if (FETCHES.test(command)) {
    return {
      message: `${hook} ${news} ${shown}, which brings code from elsewhere`,
      effect: 'reject',
    };
  }
  const large = started.find((one) => isFresh(one) && one.sizeBytes >= LARGE_BYTES);
  if (large !== undefined) {
    const message = `${hook} ${news} ${shown}, which starts a new file of ${large.sizeBytes} bytes`;
    return { message, effect: 'reject' };
  }
  return { message: `${hook} ${news} ${shown} on every machine that installs` };
}

/** Of a command that is as it was: what it starts, and what that loads, may be another. */
function asBefore(
  says: string,
  starts: readonly string[],
  view: ArtifactView,
): Pick<ArtifactProblem, 'message' | 'effect' | 'severity'> {
  const others = loadedOtherwise(starts, view);
  if (others.length === 0)
    return { message: `${says}, as before`, effect: 'note', severity: 'low' };
  const known = new Set(starts);
  const started = others.filter((one) => known.has(one.place));
  if (started.length > 0) {
    return { message: `${says} as before, and what it starts is another: ${namesOfFiles(others)}` };
  }
  const message = `${says} as before, and what that loads is another: ${namesOfFiles(others)}`;
  return { message, severity: 'high' };
}

function isNews(name: string, tree: PackedTree, change: ArtifactView['change']): boolean {
  const before = change?.before.facts.find((one) => one.name === name)?.value;
  return tree.facts.get(name) !== before;
}

/** Files that a command may start: its words as Node finds them, and what the scripts run that it
 * names. */
function startedBy(command: string, tree: PackedTree): ReadonlySet<string> {
  const commands = [
    command,
    ...scriptsOf(command, tree.facts).map((one) => tree.facts.get(one) ?? ''),
  ];
  const words = commands.flatMap((one) => one.split(/[\s;&|"'()<>=,]+/));
  return new Set(words.flatMap((word) => placesNamed(word, tree)));
}

const RUNS_SCRIPT =
  /\b(?:npm|pnpm|yarn|bun|run|run-s|run-p|npm-run-all|npm-run-all2|wireit)\b|--run\b/;
const SCRIPTS_MAX = 50;

/** Names of the facts about scripts that a command runs, and those that they run. */
function scriptsOf(command: string, facts: ReadonlyMap<string, string>): readonly string[] {
  const found = new Set<string>();
  const waiting = [command];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!RUNS_SCRIPT.test(next)) continue;
    for (const word of new Set(next.split(/[\s;&|"'()<>=,]+/))) {
      for (const name of [`scripts.pre${word}`, `scripts.${word}`, `scripts.post${word}`]) {
        const inner = facts.get(name);
        if (inner === undefined || found.has(name) || found.size >= SCRIPTS_MAX) continue;
        found.add(name);
        waiting.push(inner);
      }
    }
  }
  return [...found];
}
