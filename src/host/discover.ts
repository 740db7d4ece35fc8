/** What a repository holds that could be released: npm workspaces and Python projects. */
import { execFile } from 'node:child_process';
import type { Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { dirname, join, matchesGlob, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { compareText } from '../formats/text.ts';

export interface DiscoveredPackage {
  readonly ecosystem: 'npm' | 'pypi';
  readonly name: string;
  /** Folder relative to the one that was searched, with slashes; `.` for itself. */
  readonly path: string;
  /** Marked as not to be published. */
  readonly private: boolean;
}

export interface Discovery {
  /** Host and path of the git remote `origin`, such as `github.com/example/project`, or null. */
  readonly repository: string | null;
  /** By path, then name. */
  readonly packages: readonly DiscoveredPackage[];
  /** What looked like a package and was left out, so that nobody misses it silently. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

const MAX_DEPTH = 6;
const MAX_FOLDERS = 5_000;
const MAX_FILE_BYTES = 1024 * 1024;
const IGNORED = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'dist',
  'build',
  'target',
  'venv',
  'env',
  'site-packages',
  '__pycache__',
]);
const MANIFESTS = ['package.json', 'pyproject.toml'];
const NPM_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const PYPI_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

type Outcome =
  | { readonly kind: 'package'; readonly package: DiscoveredPackage }
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: string };

/** Packages of `folder` and its git remote. Follows no links, reads at most six levels. */
export async function discover(folder: string): Promise<Discovery> {
  const [repository, { packages, skipped }] = await Promise.all([
    readRepository(folder),
    discoverPackages(folder),
  ]);
  return { repository, packages, skipped };
}

/**
 * Packages under `folder`: the root's package.json and the workspaces it (or pnpm-workspace.yaml)
 * names, and every pyproject.toml with a project name. What cannot be read is listed as skipped.
 */
export async function discoverPackages(folder: string): Promise<Omit<Discovery, 'repository'>> {
  const { files, problems } = await findManifests(folder);
  const workspaces = await readWorkspaces(folder);
  const outcomes: Outcome[] = [...problems, ...workspaces.problems];
  for (const file of files) {
    const path = pathIn(folder, dirname(file));
    if (file.endsWith('pyproject.toml')) outcomes.push(...(await readPyproject(file, path)));
    else if (path === '.' || isWorkspace(path, workspaces.patterns)) {
      outcomes.push(...(await readPackageJson(file, path)));
    }
  }
  const packages = outcomes
    .flatMap((one) => (one.kind === 'package' ? [one.package] : []))
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.name, b.name));
  const skipped = outcomes
    .flatMap((one) => (one.kind === 'skipped' ? [{ path: one.path, reason: one.reason }] : []))
    .sort((a, b) => compareText(a.path, b.path));
  return { packages, skipped };
}

async function findManifests(
  root: string,
): Promise<{ readonly files: readonly string[]; readonly problems: readonly Outcome[] }> {
  const files: string[] = [];
  const problems: Outcome[] = [];
  let level = [root];
  let visited = 0;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      visited += 1;
      if (visited > MAX_FOLDERS) {
        problems.push(skip('.', `searched ${MAX_FOLDERS} folders and stopped there`));
        return { files: files.sort(compareText), problems };
      }
      const found = await readFolder(folder);
      if (found === undefined) problems.push(skip(pathIn(root, folder), 'cannot be listed'));
      files.push(...(found?.manifests ?? []));
      next.push(...(found?.folders ?? []));
    }
    level = next;
  }
  return { files: files.sort(compareText), problems };
}

/** Manifests and folders worth searching in `folder`; undefined when it cannot be listed. */
async function readFolder(
  folder: string,
): Promise<{ readonly manifests: string[]; readonly folders: string[] } | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return undefined;
  const paths = (wanted: (entry: Dirent) => boolean) =>
    entries.filter(wanted).map((entry) => join(folder, entry.name));
  return {
    manifests: paths((entry) => entry.isFile() && MANIFESTS.includes(entry.name)),
    folders: paths(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !IGNORED.has(entry.name),
    ),
  };
}

function pathIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/') || '.';
}

async function readWorkspaces(
  root: string,
): Promise<{ readonly patterns: readonly string[]; readonly problems: readonly Outcome[] }> {
  const patterns: string[] = [];
  const problems: Outcome[] = [];
  const sources = [
    { file: 'package.json', read: JSON.parse, keys: ['workspaces', 'packages'] },
    {
      file: 'pnpm-workspace.yaml',
      read: (text: string): unknown => parseYaml(text, { maxAliasCount: 0, logLevel: 'error' }),
      keys: ['packages', 'packages'],
    },
  ];
  for (const { file, read, keys } of sources) {
    const text = await readText(join(root, file));
    if (text === undefined) continue;
    const value = attempt(() => read(text));
    // A broken package.json is reported when it is read as a package.
    if (value === undefined && file !== 'package.json') {
      problems.push({ kind: 'skipped', path: file, reason: 'cannot be parsed' });
    }
    const [outer = '', inner = ''] = keys;
    const found = field(value, outer);
    const list = Array.isArray(found) ? found : field(found, inner);
    if (Array.isArray(list)) patterns.push(...list.filter((one) => typeof one === 'string'));
  }
  return { patterns: patterns.slice(0, 1000), problems };
}

/** Patterns as npm and pnpm take them: `packages/*`, `./apps/**`, and `!` to leave out. */
function isWorkspace(path: string, patterns: readonly string[]): boolean {
  const clean = (pattern: string) => pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const matches = (pattern: string) => pattern.length <= 256 && matchesGlob(path, clean(pattern));
  const excluded = patterns.filter((one) => one.startsWith('!')).map((one) => one.slice(1));
  const included = patterns.filter((one) => !one.startsWith('!'));
  return included.some(matches) && !excluded.some(matches);
}

async function readPackageJson(file: string, path: string): Promise<readonly Outcome[]> {
  const text = await readText(file);
  const value = text === undefined ? undefined : attempt((): unknown => JSON.parse(text));
  if (value === undefined) return [skip(path, 'package.json cannot be read')];
  const name = field(value, 'name');
  const isPrivate = field(value, 'private') === true;
  if (typeof name !== 'string') {
    // A private root without a name only holds workspaces together.
    return isPrivate || path === '.' ? [] : [skip(path, 'package.json has no name')];
  }
  if (name.length > 214 || !NPM_NAME.test(name)) {
    return [skip(path, 'package.json has a name that npm does not accept')];
  }
  return [{ kind: 'package', package: { ecosystem: 'npm', name, path, private: isPrivate } }];
}

async function readPyproject(file: string, path: string): Promise<readonly Outcome[]> {
  const text = await readText(file);
  const value = text === undefined ? undefined : attempt((): unknown => parseToml(text));
  if (value === undefined) return [skip(path, 'pyproject.toml cannot be read')];
  const project = field(value, 'project') ?? field(field(value, 'tool'), 'poetry');
  if (project === undefined) return []; // only settings of tools
  const name = field(project, 'name');
  if (typeof name !== 'string') {
    return [skip(path, 'pyproject.toml has no static project name (it may not be dynamic)')];
  }
  if (name.length > 214 || !PYPI_NAME.test(name)) {
    return [skip(path, 'pyproject.toml has a name that PyPI does not accept')];
  }
  const classifiers = field(project, 'classifiers');
  const isPrivate =
    Array.isArray(classifiers) &&
    classifiers.some((one) => typeof one === 'string' && one.startsWith('Private ::'));
  return [{ kind: 'package', package: { ecosystem: 'pypi', name, path, private: isPrivate } }];
}

async function readRepository(folder: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      ['-C', folder, 'remote', 'get-url', 'origin'],
      { timeout: 5_000, maxBuffer: 64 * 1024 },
    );
    return parseRepository(stdout.trim());
  } catch {
    return null; // no git, no repository or no such remote: the maintainer fills it in
  }
}

/**
 * Host and path of a git remote's address: `git@host:a/b.git`, `ssh://...`, `https://...` all give
 * `host/a/b`; user and password are dropped. Null for a local path or what is no address.
 */
export function parseRepository(remote: string): string | null {
  const scp = /^(?:[^@/\s]+@)?([A-Za-z0-9.-]+):(?!\/\/)([^\s]+)$/.exec(remote);
  const url = /^(?:https?|ssh|git):\/\//.test(remote) ? URL.parse(remote) : null;
  const port = url?.port && url.protocol !== 'ssh:' ? `:${url.port}` : '';
  const host = url === null ? scp?.[1] : `${url.hostname}${port}`;
  const path = (url === null ? scp?.[2] : url.pathname)
    ?.replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '');
  if (host === undefined || path === undefined) return null;
  const found = `${host}/${path}`;
  return /^[A-Za-z0-9.-]{2,253}(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]{1,100}){1,10}$/.test(found)
    ? found
    : null;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const status = await file.stat();
      return status.isFile() && status.size <= MAX_FILE_BYTES
        ? await file.readFile('utf8')
        : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

function skip(path: string, reason: string): Outcome {
  return { kind: 'skipped', path, reason };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
