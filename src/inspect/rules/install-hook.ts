import { quoteForeign } from '../../formats/text.ts';
import type { PackedFile } from '../packed-tree.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { npmChange, npmFirst } from '../sample-artifact.ts';

/** What npm runs when somebody installs the package from a registry. */
const HOOKS = ['preinstall', 'install', 'postinstall'];
/** What it runs only for installations from git or a folder; it ships with the package all the same. */
const GIT_HOOKS = ['prepare', 'prepublish', 'preprepare', 'postprepare'];
/** A command that brings its code from elsewhere, or hides it. */
const FETCHES =
  /\b(?:curl|wget|powershell|pwsh|certutil|bitsadmin|rundll32|mshta)\b|https?:\/\/|\|\s*(?:ba|z)?sh\b|\bnode\s+(?:-e|--eval|-p)\b|\bpython3?\s+-c\b|\b(?:npm|pnpm|yarn|bun)\s+(?:i|install|add|exec)\b|\b(?:npx|bunx|pnpx|uvx)\b|\bbase64\b|\beval\b/;
const LARGE_BYTES = 256 * 1024;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'install-hook',
  version: 1,
  category: 'content',
  severity: 'critical',
  effect: 'hold',
  about:
    'Scripts that run on every machine that installs the package: preinstall, install and postinstall of package.json',
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
        about: 'a hook whose script has other bytes than before',
        make: () =>
          npmChange(
            [{ scripts: { install: 'node build.js' } }, { 'build.js': '1' }],
            [{ scripts: { install: 'node build.js' } }, { 'build.js': '2' }],
          ),
      },
    ],
    fine: [
      {
        about: 'scripts that only developers run',
        make: () => npmFirst({ scripts: { test: 'vitest', build: 'tsc' } }),
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
  { tree, change }: ArtifactView,
  hook: string,
  command: string,
): Pick<ArtifactProblem, 'message' | 'effect' | 'severity'> | null {
  const shown = quoteForeign(command, 200);
  const known = change?.before.facts.find((one) => one.name === `scripts.${hook}`)?.value;
  if (!HOOKS.includes(hook)) {
    if (change === null || known === command) return null;
    const message = `${hook} runs ${shown} where the package is installed from git`;
    return { message, effect: 'note', severity: 'low' };
  }
  const started = [...tree.byPlace.values()].filter((one) => names(command, one));
  const isFresh = (one: PackedFile) =>
    change?.difference.added.some((added) => added.place === one.place) === true;
  const isOther = (one: PackedFile) =>
    change?.difference.changed.some(({ after }) => after.place === one.place) === true;
  if (known === command) {
    const other = started.find((one) => isOther(one) || isFresh(one));
    return other === undefined
      ? { message: `${hook} runs ${shown}, as before`, effect: 'note', severity: 'low' }
      : { message: `${hook} runs ${shown} as before, and ${quoteForeign(other.place)} is another` };
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

/** Whether a command has this file as one of its words. */
function names(command: string, file: PackedFile): boolean {
  if (!command.includes(file.place.replace(/\.[cm]?js$/, ''))) return false;
  const words = command.split(/[\s;&|"'()<>]+/).map((word) => word.replace(/^(?:\.\/)+/, ''));
  return words.some((word) => word === file.place || `${word}.js` === file.place);
}
