import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliOptions, runCli } from '../../test/cli-fixture.ts';
import { checkSarif } from '../../test/sarif-check.ts';
import { RULES } from '../inspect/rule-set.ts';
import { formatProgress } from './scan-progress.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-scan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rule = RULES.find((one) => one.id === 'npm-token');
const made = rule?.kind === 'secret' ? (rule.examples.bad[0]?.make() ?? '') : '';
const token = /npm_[A-Za-z0-9]{36}/.exec(made)?.[0] ?? '';
/** What of the token no answer may hold. */
const hidden = token.slice(8);

const scan = (argv: readonly string[], options: CliOptions = {}) =>
  runCli(['scan', '--threads', '1', ...argv], { cwd: folder, ...options });

beforeAll(() => {
  expect(token).toHaveLength(40);
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'bad.js'), `// it\n\tconst ключ = "${token}";\n`);
  writeFileSync(join(folder, 'dist', 'fine.js'), 'export {};\n');
  writeFileSync(join(folder, 'marked.js'), `use("${token}"); // gitleaks:allow\n`);
  writeFileSync(join(folder, 'packed.gz'), gzipSync(`a\nkey: ${token} tail\n`));
  const encoded = Buffer.from(`xx${token}`).toString('base64');
  writeFileSync(join(folder, 'encoded.js'), `const a = "${encoded}";\n`);
  writeFileSync(join(folder, 'wide.js'), Buffer.from(`a = "${token}"`, 'utf16le'));
  const many = Array.from({ length: 60 }, () => token).join(' ');
  writeFileSync(join(folder, 'many.js'), `${many}\n`);
});

describe('as text', () => {
  test('a finding stands with its line, the secret masked and a caret under it', async () => {
    const { exit, stdout } = await scan(['dist']);
    expect(exit).toBe(1);
    expect(stdout).not.toContain(hidden);
    expect(stdout.replaceAll(token.slice(0, 8), 'npm_ABCD')).toMatchInlineSnapshot(`
      "dist/bad.js:2:16: reject critical npm-token: npm access token npm_ABCD... (40 characters): its checksum is right
          2 |  const ключ = "npm_ABCD********************************";
            |                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      2 files inspected: 1 finding, 0 notes, 0 unread
      "
    `);
  });

  test('a program in a folder has no mode of a package, and is called by its folder', async () => {
    mkdirSync(join(folder, 'tools', 'bin'), { recursive: true });
    writeFileSync(join(folder, 'tools', 'bin', 'run'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(join(folder, 'tools', 'bin', 'key'), `${token}\n`);
    const { stdout } = await scan(['./tools/']);
    expect(stdout).toContain('tools/bin/key:1:1: reject critical npm-token');
    expect(stdout).toContain('2 files inspected: 1 finding, 0 notes, 0 unread');
  });

  test('hostile characters of the line are escaped, and the caret stays under the secret', async () => {
    writeFileSync(join(folder, 'hostile.js'), `\u001b[31m\u202e "${token}"\n`);
    const { stdout } = await scan(['hostile.js']);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    const lines = stdout.split('\n');
    const at = lines.findIndex((line) => line.includes('1 | \\u{1b}[31m\\u{202e} "npm_'));
    expect(lines[at + 1]?.indexOf('^')).toBe(lines[at]?.indexOf('npm_'));
  });

  test('the line of a packed file is read from the package, and what follows is hidden', async () => {
    const { stdout } = await scan(['packed.gz']);
    expect(stdout).toContain(`    2 | key: ${token.slice(0, 8)}${'*'.repeat(32)}...\n`);
    expect(stdout).toContain(`\n      |      ^${'~'.repeat(39)}\n`);
  });

  test('an encoded secret is hidden from its first character on', async () => {
    const { stdout } = await scan(['encoded.js']);
    expect(stdout).toMatch(/ {4}1 \| const a = "\*{4,}\.\.\.\n/);
    expect(stdout).toContain('read from base64');
  });

  test('a line of UTF-16 is not shown, its finding is', async () => {
    const { exit, stdout } = await scan(['wide.js']);
    expect(exit).toBe(1);
    expect(stdout).toContain('wide.js:1:');
    expect(stdout).not.toContain(' | ');
  });

  test('of a line full of secrets none is shown, listed or not', async () => {
    const { stdout } = await scan(['many.js']);
    expect(stdout).toContain('more findings of this rule are not listed');
    expect(stdout).not.toContain(token.slice(8, 20));
    const longest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(longest).toBeLessThan(200);
  });
});

describe('in other formats', () => {
  test('SARIF fits its schema and holds the finding', async () => {
    const { exit, stdout } = await scan(['--format', 'sarif', 'dist', 'missing']);
    const sarif = JSON.parse(stdout);
    expect(exit).toBe(1);
    expect(checkSarif(sarif)).toEqual([]);
    expect(sarif.runs[0].results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'dist/bad.js' },
      region: { startLine: 2, startColumn: 16 },
    });
    expect(sarif.runs[0].invocations[0].executionSuccessful).toBe(false);
  });

  test('--output has the format, and stdout the text', async () => {
    const { exit, stdout } = await scan(['--format', 'junit', '-o', 'out.xml', 'dist']);
    expect(exit).toBe(1);
    expect(stdout).toContain('2 files inspected: 1 finding');
    const xml = readFileSync(join(folder, 'out.xml'), 'utf8');
    expect(xml).toContain('tests="2" failures="1" errors="0" skipped="0"');
    expect(xml).not.toContain(hidden);
  });

  test('an output that cannot be written is a mistake of the call, not a finding', async () => {
    const { exit, stderr } = await scan(['-o', 'no/such/folder', 'dist/fine.js']);
    expect(exit).toBe(2);
    expect(stderr).toContain('error[usage]');
  });

  test('--json and another format cannot both have stdout', async () => {
    const { exit } = await scan(['--json', '--format', 'sarif', 'dist']);
    expect(exit).toBe(2);
  });

  test('what is only unread is exit code 3, and JSON says so', async () => {
    const { exit, stdout } = await scan(['--format', 'json', 'dist/fine.js', 'missing']);
    expect(exit).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'countersign/scan/v1',
      verdict: 'indeterminate',
      artifacts: [{ verdict: 'pass' }, { sha256: null, verdict: 'indeterminate' }],
    });
  });
});

describe('a baseline', () => {
  const write = (file: string) => [
    '--write-baseline',
    file,
    '--reason',
    'test key',
    '--who',
    'bob',
  ];

  test('that is written makes the next scan pass, until its day', async () => {
    const written = await scan([...write('one.json'), 'dist']);
    expect(written.exit).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'one.json'), 'utf8'))).toEqual({
      schema: 'countersign/baseline/v1',
      entries: [
        {
          fingerprint: expect.stringMatching(/^npm-token:[0-9a-f]{16}$/),
          rule: 'npm-token',
          reason: 'test key',
          who: 'bob',
          until: '2026-05-31',
        },
      ],
    });
    const again = await scan(['--baseline', 'one.json', 'dist']);
    expect(again.exit).toBe(0);
    expect(again.stdout).toContain('suppressed (baseline, bob until 2026-05-31: test key)');
    expect(again.stdout).toContain('0 findings, 0 notes, 1 suppressed, 0 unread');
    const later = () => '2026-06-01T00:00:00.000Z';
    const late = await scan(['--baseline', 'one.json', 'dist'], { now: later });
    expect(late.exit).toBe(1);
    expect(late.stderr).toContain('baseline: 1 past their day');
  });

  test('does not take what is not listed one by one', async () => {
    const { exit, stderr } = await scan([...write('many.json'), 'many.js']);
    expect(exit).toBe(1);
    expect(stderr).toContain('1 left out');
  });

  test('is never replaced, and needs reason and person', async () => {
    writeFileSync(join(folder, 'old.json'), 'old');
    expect((await scan([...write('old.json'), 'dist'])).exit).toBe(1);
    expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('old');
    const nobody = await scan(['--write-baseline', 'new.json', '--reason', 'x', 'dist']);
    expect([nobody.exit, nobody.stderr]).toEqual([2, expect.stringContaining('--who')]);
  });

  test('that is torn or of another shape stops the scan', async () => {
    for (const content of ['{', '[]', '{"schema":"countersign/baseline/v1"}']) {
      writeFileSync(join(folder, 'torn.json'), content);
      const { exit, stderr } = await scan(['--baseline', 'torn.json', 'dist/fine.js']);
      expect([exit, stderr]).toEqual([1, expect.stringContaining('malformed-document')]);
    }
  });
});

describe('markers of other tools', () => {
  test('count only when asked, and are shown', async () => {
    expect((await scan(['marked.js'])).exit).toBe(1);
    const { exit, stdout } = await scan(['--honour-markers', 'marked.js']);
    expect(exit).toBe(0);
    expect(stdout).toContain('suppressed (marker gitleaks:allow) reject');
  });
});

describe('progress', () => {
  const clock = () => {
    let at = Date.parse('2026-03-02T12:00:00.000Z');
    return () => {
      at += 700;
      return new Date(at).toISOString();
    };
  };

  test('is a line that replaces itself on a terminal, once a scan is long', async () => {
    const { stderr } = await scan(['dist'], { tty: true, now: clock() });
    expect(stderr).toContain('\r\u001b[K[########################] 2/2 files');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  test('is nothing elsewhere, and nothing in a short scan', async () => {
    expect((await scan(['dist'], { now: clock() })).stderr).toBe('');
    expect((await scan(['dist'], { tty: true })).stderr).toBe('');
  });

  test('tells files and speed', () => {
    const one = { done: 12, total: 48, bytes: 63_000_000, elapsedMs: 2000 };
    expect(formatProgress(one)).toBe('[######                  ] 12/48 files, 31.5 MB/s');
  });
});
