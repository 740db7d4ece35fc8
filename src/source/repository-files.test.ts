import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRepository } from '../../test/git-fixture.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeRepositoryChange } from './repository-change.ts';
import { type RepositoryReading, readRepositoryFiles } from './repository-files.ts';

const WORKFLOW = '.github/workflows/release.yml';
const deps = { path: process.env['PATH'] ?? '' };

const read = (folder: string) => readRepositoryFiles(folder, deps);
const paths = (reading: RepositoryReading) => reading.files.map(({ path }) => path);
const fileOf = (reading: RepositoryReading, path: string) =>
  reading.files.find((one) => one.path === path);

function createFolder(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder('folder');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('a repository of git', () => {
  it('is read by its index: paths in order, modes of the index, texts that rules read', async () => {
    const repository = createRepository();
    repository.commit({
      [WORKFLOW]: 'on: push\njobs: {}\n',
      'bin/run': '#!/bin/sh\n',
      'src/index.ts': 'export {};\n',
      'docs/guide.md': '#! is no shebang here\n',
      'package.json': '{}\n',
    });
    repository.git('update-index', '--chmod=+x', 'docs/guide.md');
    const reading = await read(repository.folder);
    expect(reading).toMatchObject({ from: 'git', gaps: [] });
    expect(reading.files).toEqual([
      { path: WORKFLOW, mode: '100644', text: 'on: push\njobs: {}\n', hasShebang: false },
      { path: 'bin/run', mode: '100644', text: null, hasShebang: true },
      { path: 'docs/guide.md', mode: '100755', text: null, hasShebang: true },
      { path: 'package.json', mode: '100644', text: '{}\n', hasShebang: false },
      { path: 'src/index.ts', mode: '100644', text: null, hasShebang: false },
    ]);
  });

  it('is read with what nobody has added yet, and without what git ignores', async () => {
    const repository = createRepository();
    repository.commit({ '.gitignore': 'ignored\n' });
    mkdirSync(join(repository.folder, dirname(WORKFLOW)), { recursive: true });
    writeFileSync(join(repository.folder, WORKFLOW), 'on: push\n');
    writeFileSync(join(repository.folder, 'ignored'), '');
    writeFileSync(join(repository.folder, 'run'), '#!/bin/sh\n', { mode: 0o755 });
    const reading = await read(repository.folder);
    expect(paths(reading)).toEqual([WORKFLOW, '.gitignore', 'run'].sort());
    expect(fileOf(reading, WORKFLOW)?.text).toBe('on: push\n');
    expect(fileOf(reading, 'run')).toMatchObject({ mode: '100755', hasShebang: true });
  });

  it('has links and submodules by mode, and reads through neither', async () => {
    const repository = createRepository();
    const outside = createFolder({ 'release.yml': 'secret: outside\n' });
    mkdirSync(join(repository.folder, dirname(WORKFLOW)), { recursive: true });
    symlinkSync(join(outside, 'release.yml'), join(repository.folder, WORKFLOW));
    const commit = repository.commit({ 'a.txt': '' });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},module`);
    symlinkSync(join(outside, 'release.yml'), join(repository.folder, 'package.json'));
    repository.git('add', 'package.json');
    const reading = await read(repository.folder);
    expect(fileOf(reading, 'module')).toMatchObject({ mode: '160000', text: null });
    expect(fileOf(reading, 'package.json')).toMatchObject({ mode: '120000', text: null });
    expect(fileOf(reading, WORKFLOW)).toMatchObject({ mode: '120000', text: null });
    expect(reading.gaps).toEqual([{ path: WORKFLOW, reason: `${WORKFLOW} is a link` }]);
  });

  it('says which workflows of the index cannot be read where they should stand', async () => {
    const repository = createRepository();
    const outside = createFolder({ 'workflows/release.yml': 'secret: outside\n' });
    repository.commit({ [WORKFLOW]: 'on: push\n', 'package.json': '{}\n' });
    rmSync(join(repository.folder, '.github'), { recursive: true });
    symlinkSync(outside, join(repository.folder, '.github'));
    rmSync(join(repository.folder, 'package.json'));
    const reading = await read(repository.folder);
    expect(fileOf(reading, WORKFLOW)?.text).toBeNull();
    expect(reading.gaps).toEqual([{ path: WORKFLOW, reason: `${WORKFLOW} stands behind a link` }]);
    expect(fileOf(reading, 'package.json')?.text).toBeNull();
  });

  it('runs nothing that the repository asks for', async () => {
    const repository = createRepository();
    const proof = join(repository.folder, 'proof');
    const script = join(repository.folder, 'evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${proof}\nexit 1\n`, { mode: 0o755 });
    repository.commit({
      '.gitattributes': '* filter=evil diff=evil\n',
      'run.sh': '#!/bin/sh\n',
    });
    for (const setting of [
      ['core.fsmonitor', script],
      ['core.hooksPath', repository.folder],
      ['core.sshCommand', script],
      ['core.pager', script],
      ['filter.evil.clean', script],
      ['filter.evil.process', script],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.url', repository.folder],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.uploadpack', script],
      ['core.excludesFile', '/dev/zero'],
    ]) {
      repository.git('config', ...setting);
    }
    for (const hook of ['post-index-change', 'pre-commit']) {
      writeFileSync(join(repository.folder, hook), `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
      writeFileSync(join(repository.folder, '.git/hooks', hook), `#!/bin/sh\ntouch ${proof}\n`, {
        mode: 0o755,
      });
    }
    // an object that is missing makes git ask the remote
    repository.git('read-tree', '--empty');
    const object = repository.git('hash-object', 'run.sh', '--no-filters');
    repository.git('update-index', '--add', '--cacheinfo', `100644,${'1'.repeat(40)},missing`);
    repository.git('update-index', '--add', '--cacheinfo', `100644,${object},run.sh`);
    rmSync(proof, { force: true });
    writeFileSync(join(repository.folder, 'run.sh'), '#!/bin/sh\necho changed\n');

    const reading = await read(repository.folder);
    expect(fileOf(reading, 'run.sh')).toMatchObject({ mode: '100644', hasShebang: true });
    await writeRepositoryChange(
      repository.folder,
      { texts: [], modes: new Map([['run.sh', '100755']]) },
      deps,
    );
    expect(fileOf(await read(repository.folder), 'run.sh')).toMatchObject({ mode: '100755' });
    expect(existsSync(proof)).toBe(false);
    // the trap is one: the same git with the repository's settings steps into it
    spawnSync('git', ['-C', repository.folder, 'status'], { stdio: 'ignore', timeout: 10_000 });
    expect(existsSync(proof)).toBe(true);
  });

  it('that git cannot read is an error, not an empty list', async () => {
    const repository = createRepository();
    repository.commit({ 'a.txt': '' });
    writeFileSync(join(repository.folder, '.git/index'), 'no index');
    await expect(read(repository.folder)).rejects.toMatchObject({ code: 'source-unreachable' });
  });

  it('is walked where there is no git program, and the reading says so', async () => {
    const repository = createRepository();
    repository.commit({ 'a.txt': '' });
    const reading = await readRepositoryFiles(repository.folder, { path: '/nonexistent' });
    expect(reading.from).toBe('folder');
    expect(paths(reading)).toEqual(['a.txt']);
    expect(reading.gaps).toEqual([
      {
        path: '.',
        reason: 'git could not be started: all files of the folder, with the modes of the disk',
      },
    ]);
  });

  it('reads the working trees of linked worktrees too', async () => {
    const repository = createRepository();
    repository.commit({ 'a.txt': '' });
    const tree = join(temporaryFolder('tree'), 'tree');
    repository.git('worktree', 'add', '--quiet', tree);
    expect(await read(tree)).toMatchObject({ from: 'git', files: [{ path: 'a.txt' }] });
  });
});

describe('a folder without git', () => {
  it('is walked: no link is followed, dependencies are left out, pipes are no files', async () => {
    const folder = createFolder({
      'package.json': '{}',
      'node_modules/a/package.json': '{}',
      'lib/tool': '#!/usr/bin/env node\n',
    });
    chmodSync(join(folder, 'lib/tool'), 0o755);
    symlinkSync('..', join(folder, 'lib/up'));
    execFileSync('mkfifo', [join(folder, 'pyproject.toml')]);
    const reading = await read(folder);
    expect(reading).toMatchObject({ from: 'folder', gaps: [] });
    expect(reading.files).toEqual([
      { path: 'lib/tool', mode: '100755', text: null, hasShebang: true },
      { path: 'lib/up', mode: '120000', text: null, hasShebang: null },
      { path: 'package.json', mode: '100644', text: '{}', hasShebang: false },
    ]);
  });

  it('has no text of a file that is too large, and a gap', async () => {
    const folder = createFolder({ 'package.json': ' '.repeat(1024 * 1024 + 1) });
    const reading = await read(folder);
    expect(reading.files).toMatchObject([{ path: 'package.json', text: null }]);
    expect(reading.gaps).toMatchObject([{ path: 'package.json' }]);
  });

  it('keeps a byte-order mark, so that places are those of the file', async () => {
    const folder = createFolder({ [WORKFLOW]: '\ufeffon: push\n' });
    expect(fileOf(await read(folder), WORKFLOW)?.text).toBe('\ufeffon: push\n');
  });

  it('that is not there is an error', async () => {
    await expect(read('/nonexistent/folder')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a change of a repository', () => {
  const change = (folder: string, texts: Parameters<typeof writeRepositoryChange>[1]['texts']) =>
    writeRepositoryChange(folder, { texts, modes: new Map() }, deps);

  it('replaces texts with the mode that the file had, and makes new files in new folders', async () => {
    const folder = createFolder({ 'run.sh': 'before\n' });
    chmodSync(join(folder, 'run.sh'), 0o750);
    await change(folder, [
      { path: 'run.sh', before: 'before\n', after: 'after\n' },
      { path: WORKFLOW, before: null, after: 'on: push\n' },
    ]);
    expect(readFileSync(join(folder, 'run.sh'), 'utf8')).toBe('after\n');
    expect(statSync(join(folder, 'run.sh')).mode & 0o777).toBe(0o750);
    expect(readFileSync(join(folder, WORKFLOW), 'utf8')).toBe('on: push\n');
    expect(paths(await read(folder))).toEqual([WORKFLOW, 'run.sh']);
  });

  it('is refused whole when a file is not what was read', async () => {
    const folder = createFolder({ 'a.yml': 'a', 'b.yml': 'changed' });
    const refused = change(folder, [
      { path: 'a.yml', before: 'a', after: 'A' },
      { path: 'b.yml', before: 'b', after: 'B' },
    ]);
    await expect(refused).rejects.toMatchObject({ code: 'state-conflict' });
    expect(readFileSync(join(folder, 'a.yml'), 'utf8')).toBe('a');
  });

  it('does not write back a file that is no UTF-8', async () => {
    const folder = createFolder({});
    writeFileSync(join(folder, 'package.json'), Buffer.from([0x7b, 0xff, 0x7d]));
    const before = fileOf(await read(folder), 'package.json')?.text ?? '';
    const refused = change(folder, [{ path: 'package.json', before, after: '{}' }]);
    await expect(refused).rejects.toMatchObject({ code: 'state-conflict' });
  });

  it('replaces no file that should be new, and leaves no draft', async () => {
    const folder = createFolder({ 'a.yml': 'a' });
    const refused = change(folder, [{ path: 'a.yml', before: null, after: 'A' }]);
    await expect(refused).rejects.toMatchObject({ code: 'state-conflict' });
    expect(paths(await read(folder))).toEqual(['a.yml']);
  });

  it('goes through no link, neither to replace nor to make', async () => {
    const outside = createFolder({ 'release.yml': 'on: push\n' });
    const folder = createFolder({});
    symlinkSync(outside, join(folder, 'link'));
    for (const before of ['on: push\n', null]) {
      const path = before === null ? 'link/inner/new.yml' : 'link/release.yml';
      const refused = change(folder, [{ path, before, after: 'changed' }]);
      await expect(refused).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(readFileSync(join(outside, 'release.yml'), 'utf8')).toBe('on: push\n');
    expect(existsSync(join(outside, 'inner'))).toBe(false);
  });

  it('sets modes in the index and on the disk, and adds no content', async () => {
    const repository = createRepository();
    repository.commit({ 'run.sh': '#!/bin/sh\n', 'docs/a b\n.md': 'text\n' });
    repository.git('update-index', '--chmod=+x', 'docs/a b\n.md');
    writeFileSync(join(repository.folder, 'run.sh'), '#!/bin/sh\necho more\n');
    const modes = new Map([
      ['run.sh', '100755'],
      ['docs/a b\n.md', '100644'],
    ] as const);
    await writeRepositoryChange(repository.folder, { texts: [], modes }, deps);
    expect(repository.git('diff', '--cached', '--summary')).toBe(
      ' mode change 100644 => 100755 run.sh',
    );
    expect(repository.git('diff', '--numstat')).toBe('1\t0\trun.sh');
    expect(statSync(join(repository.folder, 'run.sh')).mode & 0o111).toBe(0o111);
  });
});
