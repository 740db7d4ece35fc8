import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { type ConfigAnswers, renderConfig } from './config-text.ts';
import { type Discovery, discover, discoverPackages, parseRepository } from './discover.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-discover-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const manifest = (name: string, more: object = {}) => JSON.stringify({ name, ...more });

describe('discovery', () => {
  test('finds npm workspaces and Python projects, and nothing that was installed', async () => {
    await write({
      'package.json': JSON.stringify({
        private: true,
        workspaces: ['packages/*', '!packages/old'],
      }),
      'packages/web/package.json': manifest('@aitbc/explorer-web'),
      'packages/tool/package.json': manifest('tool', { private: true }),
      'packages/old/package.json': manifest('old'),
      'elsewhere/package.json': manifest('no-workspace'),
      'node_modules/left/package.json': manifest('left'),
      'python/sdk/pyproject.toml': '[project]\nname = "aitbc-agent-sdk"\ndynamic = ["version"]\n',
      'python/poetry/pyproject.toml': '[tool.poetry]\nname = "older"\n',
      'python/.venv/x/pyproject.toml': '[project]\nname = "installed"\n',
      'pyproject.toml': '[tool.ruff]\nline-length = 100\n',
    });
    expect(await discoverPackages(folder)).toEqual({
      packages: [
        { ecosystem: 'npm', name: 'tool', path: 'packages/tool', private: true },
        { ecosystem: 'npm', name: '@aitbc/explorer-web', path: 'packages/web', private: false },
        { ecosystem: 'pypi', name: 'older', path: 'python/poetry', private: false },
        { ecosystem: 'pypi', name: 'aitbc-agent-sdk', path: 'python/sdk', private: false },
      ],
      skipped: [],
    });
  });

  test('reads the workspaces of pnpm and of the object form', async () => {
    await write({
      'package.json': manifest('root', { workspaces: { packages: ['./a/'] } }),
      'pnpm-workspace.yaml': 'packages:\n  - "b/**"\n',
      'a/package.json': manifest('a'),
      'b/c/d/package.json': manifest('d'),
    });
    const { packages } = await discoverPackages(folder);
    expect(packages.map((one) => one.name)).toEqual(['root', 'a', 'd']);
  });

  test('lists what cannot be read, and follows no links', async () => {
    await write({
      'package.json': '{ broken',
      'pnpm-workspace.yaml': 'packages: ["*"]\npackages: []\n',
      'a/pyproject.toml': '= broken',
      'b/pyproject.toml': '[project]\ndynamic = ["name"]\n',
      'c/pyproject.toml': '[project]\nname = "a\\nb: c"\n',
    });
    await symlink(folder, join(folder, 'loop'));
    const { packages, skipped } = await discoverPackages(folder);
    expect(packages).toEqual([]);
    expect(skipped.map((one) => one.path)).toEqual(['.', 'a', 'b', 'c', 'pnpm-workspace.yaml']);
  });

  test('takes the repository from the git remote', async () => {
    expect((await discover(folder)).repository).toBeNull();
    const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args]);
    git('init', '-q');
    git('remote', 'add', 'origin', 'git@github.com:example/aitbc.git');
    expect((await discover(folder)).repository).toBe('github.com/example/aitbc');
  });

  test.each([
    ['https://github.com/example/aitbc.git', 'github.com/example/aitbc'],
    ['https://alice:word@git.example.com:8443/a/b/c/', 'git.example.com:8443/a/b/c'],
    ['ssh://git@git.example.com:2222/a/b.git', 'git.example.com/a/b'],
    ['git@git.example.com:a/b', 'git.example.com/a/b'],
    ['/srv/git/a.git', null],
    ['file:///srv/git/a.git', null],
    ['https://github.com/a b', null],
    ['', null],
  ])('reads the remote %s as %s', (remote, expected) => {
    expect(parseRepository(remote)).toBe(expected);
  });
});

describe('the file that init writes', () => {
  const answers: ConfigAnswers = {
    origin: 'https://release.example.com',
    project: 'aitbc',
    people: 3,
    npmRegistry: 'https://npm.example.com',
    pypi: { url: 'https://pypi.example.com/legacy/', readUrl: 'https://pypi.example.com/simple/' },
  };
  const discovery: Discovery = {
    repository: 'github.com/example/aitbc',
    packages: [
      { ecosystem: 'npm', name: '@aitbc/explorer-web', path: 'web', private: false },
      { ecosystem: 'npm', name: 'tool', path: 'tool', private: true },
      { ecosystem: 'pypi', name: 'aitbc-agent-sdk', path: 'sdk', private: false },
    ],
    skipped: [],
  };
  const parse = (text: string) => parseConfig(text, '/srv/countersign.yaml').proposal;

  test('is accepted and names every package that is published', () => {
    const rules = parse(renderConfig(discovery, answers));
    expect(rules.projects['aitbc']?.packages.map((one) => [one.name, one.upstream])).toEqual([
      ['@aitbc/explorer-web', 'npm'],
      ['aitbc-agent-sdk', 'python'],
    ]);
    expect(rules.projects['aitbc']?.repository).toBe('github.com/example/aitbc');
    expect(rules.upstreams['python']?.readUrl).toBe('https://pypi.example.com/simple/');
    expect(rules.policies['prerelease']?.distTags).toEqual(['next']);
    expect(rules.policies['strict']?.approvals.requester).toBe('excluded');
  });

  test('lets the requester of a team of two be one of the signers', () => {
    const rules = parse(renderConfig(discovery, { ...answers, people: 2 }));
    expect(rules.policies['strict']?.approvals.requester).toBe('counts');
  });

  test.each([
    ['no address', null, null],
    ['an address over plain http', 'http://npm.example.com/', { url: 'http://pypi.example.com/' }],
    ['an address with a password', 'https://a:b@npm.example.com/', null],
    ['an address that is none', 'npm\nupstreams: {}', { url: '' }],
  ])('is accepted with %s, and uses none', (_, npmRegistry, pypi) => {
    const text = renderConfig(discovery, { ...answers, npmRegistry, pypi });
    const rules = parse(text);
    expect(rules.upstreams).toEqual({});
    expect(rules.projects['aitbc']?.packages).toEqual([]);
    expect(text).toContain('# - { name: "@aitbc/explorer-web"');
    expect(text).toContain('Python is commented out');
    expect(text).not.toContain('a:b@');
  });

  test('is accepted when nothing was found, and keeps foreign text inside comments', () => {
    const skipped = [{ path: 'a\nnotify: [x]\u2028', reason: 'cannot be read' }];
    const text = renderConfig({ repository: null, packages: [], skipped }, answers);
    expect(parse(text).projects['aitbc']?.packages).toEqual([]);
    expect(text).toContain('not read');
  });

  test('comments every section', () => {
    const lines = renderConfig(discovery, answers).split('\n');
    for (const section of ['gateway:', 'upstreams:', 'projects:', 'policies:', 'notify: []']) {
      expect(lines[lines.indexOf(section) - 1]).toMatch(/^# /);
    }
  });
});
