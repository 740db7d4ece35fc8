import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from '../../test/cli-fixture.ts';
import { hasProgram, requireTool } from '../../test/tools.ts';
import { COMMANDS } from './commands.ts';
import { allCommands, createProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = () =>
  createProgram(
    COMMANDS,
    async () => undefined,
    () => undefined,
  );

describe('a command line that is none', () => {
  test.each([
    [[], 'expected a command, found none'],
    [['no-such-command'], "unknown command 'no-such-command'"],
    [['tag'], "missing required argument 'name'"],
    [['tag', 'v1.0.0', 'v2.0.0'], "too many arguments for 'tag'. Expected 1 argument but got 2"],
    [['tag', 'v1.0.0', '--no-such-option'], "unknown option '--no-such-option'"],
  ])('%j ends with exit code 2', async (argv, message) => {
    const { exit, stdout, stderr } = await runCli(argv);
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.split('\n')[0]).toContain(`error[usage]: ${message}`);
    expect(stderr.split('\n')[1]).toMatch(/^hint: /);
  });

  test('is one JSON document with --json', async () => {
    const { exit, stdout, stderr } = await runCli(['tag', '--json']);
    expect(exit).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } });
    expect(stderr).toBe('');
  });

  test('cannot paint the terminal with a wrong option', async () => {
    const { stderr } = await runCli(['tag', '--\u001b[31m\u202ex']);
    expect(stderr).toContain('\\u{1b}[31m\\u{202e}x');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('the version', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

  test('is told before a command, to people and to machines', async () => {
    expect(await runCli(['--version'])).toMatchObject({
      exit: 0,
      stdout: `countersign ${version}\n`,
    });
    const { exit, stdout } = await runCli(['--json', '--version']);
    expect({ exit, told: JSON.parse(stdout) }).toEqual({ exit: 0, told: { version } });
  });

  test('is no option of a command', async () => {
    expect((await runCli(['tag', '--version'])).exit).toBe(2);
  });
});

describe('every command', () => {
  const commands = allCommands(program()).slice(1);
  test.each(commands.map((one) => [one.name(), one] as const))(
    '%s says what it is, with examples, and takes --json',
    (_, command) => {
      expect(command.description()).not.toBe('');
      expect(command.summary()).not.toBe('');
      expect(command.options.some((one) => one.long === '--json')).toBe(true);
      if (command.commands.length > 0) return;
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
      expect(help).toContain('Examples:\n  $ countersign ');
    },
  );

  test('has no option that Node takes for its own, even behind the program', () => {
    const taken = ['--env-file', '--env-file-if-exists'];
    for (const command of commands) {
      expect(command.options.map((one) => one.long)).not.toEqual(
        expect.arrayContaining([expect.toBeOneOf(taken)]),
      );
    }
  });

  test('shows help with exit code 0', async () => {
    const { exit, stdout } = await runCli(['tag', '--help']);
    expect(exit).toBe(0);
    expect(stdout).toContain('Usage: countersign tag [options] <name>');
  });
});

describe('tag', () => {
  test('is judged by the built-in policy where there is no configuration', async () => {
    expect(await runCli(['tag', 'v1.2.3'], { cwd: folder })).toEqual({
      exit: 0,
      stdout: 'v1.2.3 fits policy strict: version 1.2.3\n',
      stderr: '',
    });
    for (const tag of ['v-test', 'v-beta', 'v1.2', 'v01.2.3', 'v1.2.3-rc.1', '']) {
      const { exit, stdout } = await runCli(['tag', tag], { cwd: folder });
      expect([tag, exit]).toEqual([tag, 1]);
      expect(stdout).toMatch(/ is refused\n {2}policy strict: /);
    }
  });

  test('gives each reason to machines', async () => {
    const { exit, stdout } = await runCli(['tag', 'v1.2', '--json'], { cwd: folder });
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      refusals: [{ policy: 'strict', reasons: [expect.any(String), expect.any(String)] }],
    });
  });

  test('that is hostile is shown harmless', async () => {
    const { stdout } = await runCli(['tag', 'v1\u001b]0;x\u0007\u202e'], {
      cwd: folder,
      tty: true,
    });
    expect(stdout).toContain('v1\\u{1b}]0;x\\u{7}\\u{202e} is refused');
  });

  test('is judged by the configuration that is named, or by one policy of it', async () => {
    const file = join(folder, 'other.yaml');
    writeFileSync(
      file,
      `gateway: { origin: "http://127.0.0.1:8787" }
upstreams: {}
projects: {}
policies:
  strict: { tag: "v[0-9]+.[0-9]+.[0-9]+" }
  prerelease: { extends: strict, tag: "v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+" }
`,
    );
    const config = ['--config', file];
    expect((await runCli(['tag', 'v1.2.3-rc.1', ...config])).stdout).toContain('policy prerelease');
    expect((await runCli(['tag', 'v1.2.3-rc.1', ...config, '--policy', 'strict'])).exit).toBe(1);
    expect((await runCli(['tag', 'v1.2.3', ...config, '--policy', 'lax'])).exit).toBe(2);
    expect((await runCli(['tag', 'v1.2.3', '--config', join(folder, 'none.yaml')])).exit).toBe(2);
  });
});

describe('completion', () => {
  test('knows every command in every shell', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { exit, stdout } = await runCli(['completion', shell]);
      expect(exit).toBe(0);
      for (const command of allCommands(program()).slice(1)) {
        expect(stdout).toContain(command.name());
      }
    }
    expect((await runCli(['completion', 'cmd'])).exit).toBe(2);
  });

  test.skipIf(!requireTool('bash', hasProgram('bash')))('completes in a real bash', async () => {
    const { stdout: script } = await runCli(['completion', 'bash']);
    const complete = (...words: string[]) =>
      execFileSync(
        'bash',
        [
          '-c',
          `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _countersign; printf '%s\\n' "\${COMPREPLY[@]}"`,
          'bash',
          ...words,
        ],
        { encoding: 'utf8' },
      )
        .trim()
        .split('\n');
    expect(complete('countersign', 'ver')).toEqual(['verify']);
    expect(complete('countersign', 'evidence', 'un')).toEqual(['unpack']);
    expect(complete('countersign', 'tag', 'v1.0.0', '--pol')).toEqual(['--policy']);
  });
});
