import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createRepository, type GitRepository } from '../../test/git-fixture.ts';
import { isRefName, readMirrorAddress } from '../core/git-names.ts';
import type { Sources } from '../gateway/ports.ts';
import { createSources } from './sources.ts';

const PATH = process.env['PATH'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'countersign-sources-'));
const sources: Sources = createSources({ folder, path: PATH });
let remote: GitRepository;

const ask = (changes: Partial<Parameters<Sources['resolve']>[0]> = {}) =>
  sources.resolve({
    mirror: remote.url,
    tag: 'v1.0.0',
    commit: null,
    branches: ['main'],
    ...changes,
  });

beforeEach(() => {
  remote = createRepository();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a tag', () => {
  test('is found with its commit and the protected branches that reach it', async () => {
    const first = remote.commit({ 'a.js': '1' });
    remote.git('tag', 'v1.0.0');
    remote.commit({ 'a.js': '2' });
    remote.git('branch', 'release/1');
    remote.git('branch', 'other');
    expect(await sources.tagAt(remote.url, 'v1.0.0')).toEqual({ object: first, commit: first });
    expect(await ask({ branches: ['main', 'release/*'] })).toEqual({
      tag: { object: first, commit: first },
      commit: first,
      protectedBranches: ['main', 'release/1'],
      reachedFrom: ['main', 'release/1'],
    });
  });

  test('that is annotated has an object of its own beside its commit', async () => {
    const commit = remote.commit({ 'a.js': '1' });
    remote.git('tag', '--annotate', '--message', 'one', 'v1.0.0');
    const object = remote.git('rev-parse', 'refs/tags/v1.0.0');
    expect(object).not.toBe(commit);
    expect(await sources.tagAt(remote.url, 'v1.0.0')).toEqual({ object, commit });
    expect((await ask()).tag).toEqual({ object, commit });
  });

  test('that is not there is null, also where another ends like it', async () => {
    remote.commit({ 'a.js': '1' });
    remote.git('tag', 'x/v1.0.0');
    remote.git('update-ref', 'refs/tags/refs/tags/v1.0.0', 'HEAD');
    expect(await sources.tagAt(remote.url, 'v1.0.0')).toBeNull();
    expect(await ask()).toMatchObject({ tag: null, commit: null, reachedFrom: [] });
  });

  test('that was moved is seen where it is now, in the same mirror', async () => {
    const first = remote.commit({ 'a.js': '1' });
    remote.git('tag', 'v1.0.0');
    expect((await ask()).commit).toBe(first);
    const second = remote.commit({ 'a.js': '2' });
    remote.git('tag', '--force', 'v1.0.0');
    expect((await ask()).tag?.commit).toBe(second);
    remote.git('tag', '--delete', 'v1.0.0');
    expect((await ask()).tag).toBeNull();
  });

  test('of a commit that only an unprotected branch has is reached from nowhere', async () => {
    remote.commit({ 'a.js': '1' });
    remote.git('checkout', '--quiet', '-b', 'feature');
    remote.commit({ 'a.js': 'evil' });
    remote.git('tag', 'v1.0.0');
    expect((await ask()).reachedFrom).toEqual([]);
    expect((await ask({ branches: ['feature'] })).reachedFrom).toEqual(['feature']);
  });

  test('that leads to no commit is refused', async () => {
    remote.commit({ 'a.js': '1' });
    remote.git('tag', 'v1.0.0', remote.git('rev-parse', 'HEAD^{tree}'));
    await expect(ask()).rejects.toMatchObject({ code: 'source-unreachable' });
  });
});

describe('a commit that a release was opened for', () => {
  test('is looked for in the protected branches, without a tag', async () => {
    const first = remote.commit({ 'a.js': '1' });
    remote.commit({ 'a.js': '2' });
    expect(await ask({ commit: first })).toMatchObject({ commit: first, reachedFrom: ['main'] });
    const nowhere = 'd'.repeat(40);
    expect(await ask({ commit: nowhere })).toMatchObject({ commit: nowhere, reachedFrom: [] });
  });
});

describe('the files of a commit', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  test('are those below the package, with their digests, and those at the top', async () => {
    const commit = remote.commit({
      LICENSE: 'MIT',
      'packages/a/package.json': '{"name":"@x/a"}',
      'packages/a/index.js': 'x'.repeat(200_000),
      'packages/b/package.json': '{"name":"@x/b"}',
      'packages/b/test/package.json': '{"name":"@x/a"}',
      'python/pyproject.toml': '[project]\nname = "X.Sdk"\n',
      'python/src/x/empty.py': '',
    });
    await ask({ commit });
    const tree = await sources.tree(remote.url, commit, [
      { ecosystem: 'npm', package: '@x/a' },
      { ecosystem: 'pypi', package: 'x-sdk' },
      { ecosystem: 'npm', package: '@x/none' },
    ]);
    expect(tree.packages).toEqual([
      { ecosystem: 'npm', package: '@x/a', root: 'packages/a', manifest: '{"name":"@x/a"}' },
      { ecosystem: 'pypi', package: 'x-sdk', root: 'python', manifest: null },
      { ecosystem: 'npm', package: '@x/none', root: null, manifest: null },
    ]);
    expect(tree.files.map((one) => [one.path, one.sha256])).toEqual([
      ['LICENSE', sha256('MIT')],
      ['packages/a/index.js', sha256('x'.repeat(200_000))],
      ['packages/a/package.json', sha256('{"name":"@x/a"}')],
      ['python/pyproject.toml', sha256('[project]\nname = "X.Sdk"\n')],
      ['python/src/x/empty.py', sha256('')],
    ]);
  });

  test('are read as they are committed: no filter, no attribute, no hook of the repository runs', async () => {
    const mark = join(remote.folder, 'ran');
    const commit = remote.commit({
      'package.json': '{"name":"a"}',
      '.gitattributes': '* filter=evil text eol=crlf export-ignore\n',
      'a.js': 'one\ntwo\n',
    });
    remote.git('tag', 'v1.0.0');
    remote.git('config', 'filter.evil.smudge', `touch ${mark}`);
    remote.git('config', 'uploadpack.packObjectsHook', `touch ${mark};`);
    for (const hook of ['post-checkout', 'reference-transaction', 'pre-auto-gc', 'update']) {
      writeFileSync(join(remote.folder, '.git/hooks', hook), `#!/bin/sh\ntouch ${mark}\n`, {
        mode: 0o755,
      });
    }
    await ask();
    const tree = await sources.tree(remote.url, commit, [{ ecosystem: 'npm', package: 'a' }]);
    expect(tree.files.find((one) => one.path === 'a.js')?.sha256).toBe(sha256('one\ntwo\n'));
    expect(existsSync(mark)).toBe(false);
  });

  test('links and submodules are told apart from files', async () => {
    remote.commit({ 'package.json': '{"name":"a"}' });
    remote.git('update-index', '--add', '--cacheinfo', `160000,${'e'.repeat(40)},sub`);
    const id = remote.git('hash-object', '-w', '--stdin', '--path', 'x');
    remote.git('update-index', '--add', '--cacheinfo', `120000,${id},link`);
    remote.git('commit', '--quiet', '--message', 'links');
    const commit = remote.git('rev-parse', 'HEAD');
    await ask({ commit });
    const tree = await sources.tree(remote.url, commit, [{ ecosystem: 'npm', package: 'a' }]);
    expect(tree.files.map(({ path, kind }) => [path, kind])).toEqual([
      ['link', 'link'],
      ['package.json', 'file'],
      ['sub', 'submodule'],
    ]);
  });
});

describe('a remote that is hostile or away', () => {
  test('is told apart from one without the tag', async () => {
    await expect(sources.tagAt('file:///nowhere/at/all', 'v1.0.0')).rejects.toMatchObject({
      code: 'source-unreachable',
    });
  });

  test('a broken object is refused and nothing of it is believed', async () => {
    const blob = remote.git('hash-object', '-w', '-t', 'blob', join(remote.folder, '.git/HEAD'));
    const tree = Buffer.concat([Buffer.from('100644 .git\0'), Buffer.from(blob, 'hex')]);
    writeFileSync(join(remote.folder, 'tree'), tree);
    const id = remote.git('hash-object', '-w', '-t', 'tree', '--literally', 'tree');
    const commit = remote.git('commit-tree', '-m', 'evil', id);
    remote.git('update-ref', 'refs/heads/main', commit);
    remote.git('tag', 'v1.0.0', commit);
    await expect(ask()).rejects.toMatchObject({ code: 'source-unreachable' });
  });

  test('one that never answers is left after the time that it has', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const hasty = createSources({
      folder,
      path: PATH,
      limits: { fetchMs: 500, askMs: 500, folderBytes: 1 << 20, branches: 5 },
    });
    const begun = Date.now();
    await expect(hasty.tagAt(`http://127.0.0.1:${port}/x.git`, 'v1.0.0')).rejects.toThrow(
      'git ls-remote took longer than 0.5 seconds',
    );
    expect(Date.now() - begun).toBeLessThan(10_000);
    server.closeAllConnections();
    server.close();
  });

  test('one that sends on to another place is not followed', async () => {
    const server = createServer((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/other.git/info/refs' }).end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await expect(sources.tagAt(`http://127.0.0.1:${port}/x.git`, 'v1.0.0')).rejects.toThrow('302');
    server.close();
  });

  test('a mirror that a killed process left locked is made anew', async () => {
    const commit = remote.commit({ 'a.js': '1' });
    remote.git('tag', 'v1.0.0');
    await ask();
    const hash = createHash('sha256').update(remote.url).digest('hex').slice(0, 32);
    const mirror = join(folder, 'mirrors', `${hash}.git`);
    expect(readdirSync(mirror)).toContain('HEAD');
    remote.commit({ 'a.js': '2' });
    writeFileSync(join(mirror, 'refs/heads/main.lock'), '');
    expect((await ask()).commit).toBe(commit);
  });

  test('one with more protected branches than are looked at is refused, not cut off', async () => {
    remote.commit({ 'a.js': '1' });
    for (let at = 0; at < 51; at += 1) remote.git('branch', `release/${at}`);
    await expect(ask({ branches: ['release/*'] })).rejects.toThrow('match 51 branches');
  });
});

describe('what git is given', () => {
  test.each([
    'ext::sh -c touch% /tmp/x',
    '--upload-pack=touch /tmp/x',
    'git@host:owner/name.git',
    'http://git.example.com/x.git',
    'https://user:word@git.example.com/x.git',
    'https://user@git.example.com/x.git',
    'ssh://-oProxyCommand=x/y',
    'file://host/srv/x.git',
    'https://git.example.com/x.git?y',
    'https://git.example.com/',
    'https://git.example.com/a b',
    'git://git.example.com/x.git',
    '/srv/git/x.git',
    '',
  ])('the address %j is refused', (address) => {
    expect(readMirrorAddress(address).kind).toBe('refused');
  });

  test.each([
    'https://git.example.com/owner/name.git',
    'ssh://git@git.example.com:2222/owner/name.git',
    'file:///srv/git/name.git',
    'http://127.0.0.1:3000/owner/name.git',
  ])('the address %j is taken', (address) => {
    expect(readMirrorAddress(address)).toEqual({ kind: 'address', url: address });
  });

  test.each([
    '',
    '-x/..',
    'a..b',
    'a b',
    'a~1',
    'a^{}',
    'a:b',
    'a*',
    'a[',
    'a.lock',
    '.a',
    'a/',
    '@',
    'a@{1}',
    'a\\b',
    'x/.y',
    'ä',
    'a.',
  ])('the name %j is no ref', async (name) => {
    expect(isRefName(name)).toBe(false);
    await expect(sources.tagAt('file:///nowhere', name)).rejects.toThrow('expected a tag');
  });

  test.each(['v1.2.3', '@scope/name@1.0.0', 'a/b', 'release-1', '1.0.0+build.5', '-x'])(
    'the name %j is one',
    (name) => {
      expect(isRefName(name)).toBe(true);
    },
  );
});
