import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../../../test/cli-fixture.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';

describe('init --workflow github', () => {
  const folder = () => {
    const made = temporaryFolder('init');
    writeFileSync(join(made, 'package.json'), JSON.stringify({ name: 'web', version: '1.0.0' }));
    return made;
  };
  const init = (cwd: string, ...more: string[]) =>
    runCli(['init', '--workflow', 'github', ...more], { cwd });
  const origin = ['--origin', 'https://release.example.com'];

  test('works from discovered packages and an origin, and is the same as init workflow', async () => {
    const [one, other] = [folder(), folder()];
    const told = await init(one, ...origin, '--json');
    expect(JSON.parse(told.stdout)).toMatchObject({
      forge: 'github',
      files: [
        '.github/workflows/release.yml',
        '.github/workflows/published.yml',
        '.github/countersign/package.json',
      ],
    });
    const run = await runCli(['init', 'workflow', ...origin], { cwd: other });
    expect(run.exit).toBe(0);
    // the folder is the name of the project, where nothing else says it
    const text = (at: string) =>
      readFileSync(join(at, '.github/workflows/release.yml'), 'utf8').replace(basename(at), 'web');
    expect(text(one)).toBe(text(other));
  });

  test('never replaces a file unless it is told to, and then writes neither', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, '.github/workflows'), { recursive: true });
    const file = join(cwd, '.github/workflows/published.yml');
    writeFileSync(file, 'mine\n');
    const refused = await init(cwd, ...origin);
    expect(refused).toMatchObject({ exit: 1 });
    expect(refused.stderr).toContain('published.yml exists already');
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
    expect(existsSync(join(cwd, '.github/workflows/release.yml'))).toBe(false);
    expect(await init(cwd, ...origin, '--replace')).toMatchObject({ exit: 0 });
    expect(readFileSync(file, 'utf8')).toContain('repository_dispatch');
  });

  test('takes pins, tests and an environment', async () => {
    const cwd = folder();
    const commit = 'b'.repeat(40);
    writeFileSync(join(cwd, 'pins.txt'), `actions/checkout@${commit} # v8.0.0\n`);
    const more = ['--pins', 'pins.txt', '--test', 'make test', '--environment', 'ship'];
    expect(await init(cwd, ...origin, ...more)).toMatchObject({ exit: 0 });
    const text = readFileSync(join(cwd, '.github/workflows/release.yml'), 'utf8');
    expect(text).toContain(`actions/checkout@${commit} # v8.0.0`);
    expect(text).toContain('          make test\n');
    expect(text).toContain('    environment: ship\n');
  });

  test.each([
    ['no origin', []],
    ['an origin with a path', ['--origin', 'https://release.example.com/gate']],
    ['plain http', ['--origin', 'http://release.example.com']],
    ['another forge', ['--workflow', 'other', ...origin]],
  ])('refuses %s', async (_, more) => {
    const cwd = folder();
    expect(await init(cwd, ...more)).toMatchObject({ exit: 2 });
    expect(existsSync(join(cwd, '.github'))).toBe(false);
  });

  test('without anything asked for, init still says what there is', async () => {
    expect(await runCli(['init'], { cwd: folder() })).toMatchObject({ exit: 2 });
  });
});
