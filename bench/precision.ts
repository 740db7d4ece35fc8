/**
 * What inspection says of packages that millions install: `npm run precision -- [--list NAME]
 * [--only PART]`. Gets them with the clients of this machine, scans them with one thread, prints
 * every secret that would hold a release, and counts the rest. Not a test: a person judges.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE } from './corpus.ts';
import { NPM, WHEELS } from './precision-packages.ts';

const { values } = parseArgs({
  options: {
    /** `popular`, `noisy`, `unseen`, `drawn`, `ranked` or `second`; all when left out. */
    list: { type: 'string' },
    /** Only packages whose file name holds this. */
    only: { type: 'string', default: '' },
  },
});

/** Packages of one scan: starting costs more than most of them. */
const BATCH_FILES = 12;
const BATCH_BYTES = 40_000_000;
const LISTS = ['popular', 'noisy', 'unseen', 'drawn', 'ranked', 'second'] as const;
const OUTPUT_MAX = 512 * 1024 * 1024;

interface Finding {
  readonly rule: string;
  readonly category: string;
  readonly confidence: string;
  readonly effect: string;
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
}

interface Artifact {
  readonly path: string;
  readonly findings: readonly Finding[];
  readonly unread: readonly unknown[];
}

const FOLDER = join(CACHE, 'precision');

/** The file of a pinned package, got when it is not there; null, with a word, when it cannot be. */
function get(pin: string, ecosystem: 'npm' | 'pypi'): string | null {
  const folder = join(FOLDER, ecosystem);
  mkdirSync(folder, { recursive: true });
  const known = find(folder, pin, ecosystem);
  if (known !== null) return known;
  try {
    if (ecosystem === 'npm') {
      const options = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
      execFileSync('npm', [...options, pin], { stdio: ['ignore', 'ignore', 'inherit'] });
    } else {
      const options = ['download', '--quiet', '--no-deps', '--only-binary', ':all:'];
      execFileSync('pip', [...options, '--dest', folder, pin], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    }
  } catch {
    console.error(`not got: ${pin}`);
  }
  return find(folder, pin, ecosystem);
}

function find(folder: string, pin: string, ecosystem: 'npm' | 'pypi'): string | null {
  const files = readdirSync(folder);
  const at = pin.lastIndexOf(ecosystem === 'npm' ? '@' : '==');
  const [name, version] = [pin.slice(0, at), pin.slice(at).replace(/^[@=]+/, '')];
  const tarball = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  const found = files.find((file) =>
    ecosystem === 'npm'
      ? file === tarball
      : normalize(file).startsWith(`${normalize(name)}_${normalize(version)}_`),
  );
  return found === undefined ? null : join(folder, found);
}

function normalize(name: string): string {
  return name.replaceAll(/[-_.]+/g, '_').toLowerCase();
}

function scan(paths: readonly string[]): readonly Artifact[] {
  const program = join(import.meta.dirname, '../bin/countersign.mjs');
  const parameters = [program, 'scan', '--json', '--threads', '1', ...paths];
  const { stdout, stderr } = spawnSync(process.execPath, parameters, {
    encoding: 'utf8',
    maxBuffer: OUTPUT_MAX,
  });
  try {
    const { artifacts }: { readonly artifacts: readonly Artifact[] } = JSON.parse(stdout);
    return artifacts;
  } catch (cause) {
    throw new Error(`expected an answer of scan, found ${stderr.slice(0, 500)}`, { cause });
  }
}

function* batches(paths: readonly string[]): Iterable<readonly string[]> {
  let batch: string[] = [];
  let sizeBytes = 0;
  for (const path of paths) {
    batch.push(path);
    sizeBytes += statSync(path).size;
    if (batch.length < BATCH_FILES && sizeBytes < BATCH_BYTES) continue;
    yield batch;
    [batch, sizeBytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): string {
  const counts = [...Map.groupBy(items, keyOf)].map(([key, all]) => `${all.length} ${key}`);
  return counts.length === 0 ? 'none' : counts.sort().join(', ');
}

function report(title: string, paths: readonly string[]): void {
  const artifacts = [...batches(paths)].flatMap(scan);
  const all = artifacts.flatMap(({ path, findings }) =>
    findings.map((finding) => ({ ...finding, file: basename(path) })),
  );
  const secrets = all.filter((one) => one.category === 'secret');
  const held = secrets.filter((one) => one.confidence !== 'weak');
  const megabytes = paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
  console.log(`\n## ${title}: ${paths.length} packages, ${megabytes.toFixed(0)} MB packed\n`);
  console.log(`Secrets: ${countBy(secrets, (one) => one.confidence)}`);
  const others = all.filter((one) => one.category !== 'secret' && one.effect !== 'note');
  console.log(`Other findings that hold: ${countBy(others, (one) => one.rule)}`);
  console.log(`Not read: ${artifacts.reduce((sum, one) => sum + one.unread.length, 0)}\n`);
  if (held.length === 0) return;
  console.log('| package | rule | confidence | place | message |\n|---|---|---|---|---|');
  for (const { file, rule, confidence, path, line, message } of held) {
    const place = `${path.slice(path.indexOf('!') + 1)}:${line ?? ''}`;
    console.log(`| ${file} | ${rule} | ${confidence} | ${place} | ${message} |`);
  }
}

for (const [ecosystem, lists] of [['npm', NPM] as const, ['pypi', WHEELS] as const]) {
  for (const name of LISTS) {
    if (values.list !== undefined && values.list !== name) continue;
    const paths = lists[name]
      .map((pin) => get(pin, ecosystem))
      .filter((path) => path?.includes(values.only))
      .flatMap((path) => path ?? []);
    report(`${ecosystem}, ${name}`, paths);
  }
}
