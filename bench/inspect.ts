/**
 * What inspection costs, beside unpacking alone and beside other scanners. Prints a table:
 * `npm run bench -- [--install-peers] [--peers NAME,NAME] [--only PART] [--large]`. Not a test.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, getCorpus, installPeers, sizeOf, unpackCorpus } from './corpus.ts';
import { getLarge, LARGE } from './large.ts';
import { type Measurement, measure } from './measure.ts';
import { findPeer, PEERS } from './peers.ts';

const { values } = parseArgs({
  options: {
    'install-peers': { type: 'boolean', default: false },
    /** Peers to run, by name; all that are found when left out, none for an empty text. */
    peers: { type: 'string' },
    /** Only packages whose file name holds this. */
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '3' },
    /** Packages of a gigabyte too, which are made first. */
    large: { type: 'boolean', default: false },
  },
});
const COUNTERSIGN = [process.execPath, installCountersign()] as const;
if (values['install-peers']) installPeers();
const corpus = getCorpus();
const npm = corpus.npm.filter((path) => path.includes(values.only));
const wheels = corpus.wheels.filter((path) => path.includes(values.only));

/** The program as a package holds it: what was built, and no sources that it is held against. */
function installCountersign(): string {
  const root = join(import.meta.dirname, '..');
  const installed = join(CACHE, 'bench/installed');
  execFileSync(process.execPath, [join(root, 'bin/build.mjs')], { stdio: 'inherit' });
  rmSync(installed, { recursive: true, force: true });
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(join(root, part), join(installed, part), { recursive: true });
  }
  return join(installed, 'bin/countersign.mjs');
}

/** The best of some runs: whatever else the machine did made the others slower. */
async function best(
  run: () => Promise<Measurement>,
  runs = Number(values.runs),
): Promise<Measurement> {
  const all: Measurement[] = [];
  for (let at = 0; at < runs; at += 1) all.push(await run());
  const [first] = all.toSorted(
    (left, right) => left.cpuMs - right.cpuMs || left.wallMs - right.wallMs,
  );
  if (first === undefined) throw new RangeError('--runs wants 1 or more');
  return { ...first, peakBytes: Math.max(...all.map((one) => one.peakBytes)) };
}

const scanOf = (paths: readonly string[], threads: number, runs?: number) =>
  best(
    () =>
      measure(
        [
          ...COUNTERSIGN,
          ...['scan', '--json', '--limit', 'within=30m', '--threads', String(threads)],
          ...paths,
        ],
        { oneCore: threads === 1, timeoutMs: 3_600_000 },
      ),
    runs,
  );

interface Scanned {
  readonly artifacts?: readonly {
    readonly findings: readonly { readonly effect: string }[];
    readonly unread: readonly unknown[];
  }[];
}

function told(output: string): string {
  try {
    const { artifacts = [] } = JSON.parse(output) as Scanned;
    const all = artifacts.flatMap((one) => one.findings);
    const notes = all.filter((one) => one.effect === 'note').length;
    const unread = artifacts.flatMap((one) => one.unread).length;
    return `${all.length - notes} and ${notes} notes, ${unread} unread`;
  } catch {
    return 'no report';
  }
}

function print(
  what: string,
  one: Measurement,
  bytes: number,
  base: Measurement,
  findings = '',
): void {
  const cells = [
    what.padEnd(28),
    `${(one.wallMs / 1000).toFixed(2)} s`.padStart(9),
    `${(one.cpuMs / 1000).toFixed(2)} s`.padStart(9),
    `${(bytes / 1e3 / one.wallMs).toFixed(0)} MB/s`.padStart(10),
    `${(one.wallMs / base.wallMs).toFixed(2)}x`.padStart(8),
    `${(one.cpuMs / base.cpuMs).toFixed(2)}x`.padStart(8),
    `${(one.peakBytes / 1024 ** 2).toFixed(0)} MiB`.padStart(9),
    findings,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

const HEADER = [
  'what',
  'wall',
  'processor',
  'unpacked',
  'wall/gzip',
  'cpu/gzip',
  'peak',
  'findings',
];

function printHeader(title: string): void {
  console.log(`\n${title}\n\n| ${HEADER.join(' | ')} |\n|${'---|'.repeat(HEADER.length)}`);
}

const [processor] = cpus();
console.log(
  `${processor?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
);

const empty = join(CACHE, 'bench', 'empty');
mkdirSync(empty, { recursive: true });
const gunzip = await best(() =>
  measure([process.execPath, join(import.meta.dirname, 'gunzip.ts'), ...npm], { oneCore: true }),
);
const unpacked = Number(gunzip.output);
printHeader(
  `npm: ${npm.length} packages, ${(sizeOf(npm) / 1e6).toFixed(1)} MB packed, ${(unpacked / 1e6).toFixed(1)} MB unpacked`,
);
const gzip = await best(() =>
  measure(['sh', '-c', 'gzip -dc "$@" > /dev/null', 'sh', ...npm], { oneCore: true }),
);
print('gzip -dc', gzip, unpacked, gzip);
print('gunzip in Node', gunzip, unpacked, gzip);
print('countersign, nothing to scan', await scanOf([empty], 1), 0, gzip);
const one = await scanOf(npm, 1);
print('countersign, 1 thread', one, unpacked, gzip, told(one.output));
const all = await scanOf(npm, cpus().length);
print(`countersign, ${cpus().length} threads`, all, unpacked, gzip, told(all.output));

const wanted = values.peers?.split(',');
const peers = PEERS.filter(({ name }) => wanted?.includes(name) ?? true);
const tree = unpackCorpus(npm, values.only);
const onTree = await scanOf([tree], 1);
print('countersign, on the tree', onTree, unpacked, gzip, told(onTree.output));
for (const peer of peers) {
  const program = findPeer(peer);
  if (program === undefined) {
    console.log(`| ${peer.name} | not found |`);
    continue;
  }
  const measured = await best(
    () => measure([program, ...peer.parameters(tree)], { oneCore: true, cwd: empty }),
    1,
  );
  const count =
    measured.exit === null ? 'stopped after 15 minutes' : `${peer.count(measured.output)}`;
  print(`${peer.name}, on the tree`, measured, unpacked, gzip, `${count}, exit ${measured.exit}`);
}

if (wheels.length > 0) {
  printHeader(`PyPI: ${wheels.length} wheels, ${(sizeOf(wheels) / 1e6).toFixed(1)} MB packed`);
  const base = await best(() =>
    measure(
      ['sh', '-c', 'for one; do unzip -p "$one" || exit; done > /dev/null', 'sh', ...wheels],
      { oneCore: true },
    ),
  );
  print(
    'unzip -p (packed MB)',
    base,
    sizeOf(wheels),
    base,
    base.exit === 0 ? '' : `exit ${base.exit}`,
  );
  const scanned = await scanOf(wheels, 1);
  print('countersign, 1 thread', scanned, sizeOf(wheels), base, told(scanned.output));
}

if (values.large) {
  printHeader('one package of a gibibyte, unpacked MB');
  for (const kind of LARGE) {
    const path = await getLarge(kind);
    const bytes = 1024 ** 3;
    const base = await best(
      () => measure(['sh', '-c', 'gzip -dc "$1" > /dev/null', 'sh', path], { oneCore: true }),
      1,
    );
    print(`gzip -dc, ${kind}`, base, bytes, base);
    const scanned = await scanOf([path], 1, 1);
    print(`countersign, ${kind}`, scanned, bytes, base, told(scanned.output));
  }
}
