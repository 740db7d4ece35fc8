import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../../test/cli-fixture.ts';
import { sampleNpmTarball, sampleWheel } from '../../../test/contract/sample-packages.ts';

// Drawn here, so that no scanner trips over this file.
const PEM = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;
const SAMPLE = { name: 'sample', version: '1.0.0', seed: 'a' };

let cwd: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'countersign-scan-'));
  for (const folder of ['clean', 'leaky', 'leaky/src', 'mixed', 'mixed/.git', 'empty']) {
    mkdirSync(join(cwd, folder));
  }
  const write = (path: string, bytes: string | Uint8Array) => writeFileSync(join(cwd, path), bytes);
  write('clean/sample-1.0.0.tgz', (await sampleNpmTarball(SAMPLE)).bytes);
  write('clean/sample-1.0.0-py3-none-any.whl', sampleWheel(SAMPLE).bytes);
  write('clean/readme.txt', 'hello\n');
  write('leaky/sample.tgz', (await sampleNpmTarball({ ...SAMPLE, seed: PEM })).bytes);
  write('leaky/src/\u001b[31mkey\u202e.js', `const key = \`\n${PEM}\`;\n`);
  write('leaky/src/.env', 'PASSWORD=x\n');
  write('mixed/broken.tgz', (await sampleNpmTarball(SAMPLE)).bytes.subarray(0, 100));
  write('mixed/data.json.gz', gzipSync('{}'));
  write('mixed/.git/HEAD', 'ref');
  symlinkSync('/etc/passwd', join(cwd, 'mixed/link'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

interface ScanDocument {
  readonly schema: string;
  readonly verdict: string;
  readonly artifacts: readonly {
    readonly path: string;
    readonly sha256: string | null;
    readonly sizeBytes: number | null;
    readonly verdict: string;
    readonly findings: readonly { rule: string; path: string; line: number | null }[];
    readonly unread: readonly { path: string; reason: string }[];
  }[];
}

async function scanJson(...paths: string[]) {
  const { exit, stdout, stderr } = await runCli(['scan', '--json', ...paths], { cwd });
  return { exit, stderr, document: JSON.parse(stdout) as ScanDocument };
}

describe('scan', () => {
  test('finds nothing in clean packages, and says how many files it saw', async () => {
    expect(await runCli(['scan', 'clean'], { cwd })).toEqual({
      exit: 0,
      stdout: '3 files inspected: 0 findings, 0 notes, 0 unread\n',
      stderr: '',
    });
  });

  test('finds a key inside a package and beside it, with place, and never prints it', async () => {
    const { exit, stdout } = await runCli(['scan', 'leaky'], { cwd });
    expect(exit).toBe(1);
    expect(stdout).toMatch(
      /^leaky\/sample\.tgz!package\/index\.js:1:\d+: reject \w+ private-key-pem: /m,
    );
    expect(stdout).toMatch(
      /^leaky\/src\/\\u\{1b\}\[31mkey\\u\{202e\}\.js:2:1: reject \w+ private-key-pem: /m,
    );
    expect(stdout).toContain('leaky/src/.env: reject high sensitive-file: ');
    for (const line of PEM.split('\n').slice(1, -2)) expect(stdout).not.toContain(line);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/\n3 files inspected: 3 findings, 0 notes, 0 unread\n$/);
  });

  test('prints the same document for --json and --format json', async () => {
    const { exit, document } = await scanJson('leaky');
    expect(exit).toBe(1);
    expect(document).toMatchObject({ schema: 'countersign/scan/v1', verdict: 'reject' });
    expect(document.artifacts.map((one) => one.path)).toEqual(
      ['leaky/sample.tgz', 'leaky/src/\u001b[31mkey\u202e.js', 'leaky/src/.env'].sort(),
    );
    for (const one of document.artifacts) {
      expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(one.sizeBytes).toBeGreaterThan(0);
    }
    const { stdout } = await runCli(['scan', '--format', 'json', 'leaky'], { cwd });
    expect(JSON.parse(stdout)).toEqual(document);
  });

  test('cannot tell where something is unread, and says what it left out', async () => {
    const { exit, stderr, document } = await scanJson('mixed');
    expect(exit).toBe(3);
    expect(document.verdict).toBe('indeterminate');
    expect(document.artifacts.map((one) => [one.path, one.verdict])).toEqual([
      ['mixed/broken.tgz', 'indeterminate'],
      ['mixed/data.json.gz', 'pass'],
    ]);
    expect(document.artifacts[0]?.unread[0]?.reason).toContain('malformed-archive');
    expect(stderr).toBe(
      'left out: 1 symbolic link\nleft out: .git; name it to have it inspected\n',
    );
  });

  test('lets a finding stand where something else is unread', async () => {
    const { exit, document } = await scanJson('mixed', 'leaky/src/.env');
    expect(exit).toBe(1);
    expect(document.verdict).toBe('reject');
  });

  test('names a path that is not there, and goes on', async () => {
    const { exit, document } = await scanJson('absent', 'clean');
    expect(exit).toBe(3);
    expect(document.artifacts).toHaveLength(4);
    expect(document.artifacts[0]).toMatchObject({
      path: 'absent',
      sha256: null,
      unread: [{ path: 'absent', reason: 'there is no such file' }],
    });
  });

  test('inspects history and follows a link where they are what was named', async () => {
    const { document } = await scanJson('mixed/.git', 'mixed/link');
    expect(document.artifacts.map((one) => one.path)).toEqual(['mixed/.git/HEAD', 'mixed/link']);
    expect(document.artifacts[0]?.findings[0]).toMatchObject({ rule: 'sensitive-file' });
  });

  test('says the same in the same order with one thread and with many', async () => {
    const run = (threads: string) =>
      runCli(['scan', '--json', '--threads', threads, 'leaky', 'clean', 'mixed'], { cwd });
    expect(await run('1')).toEqual(await run('7'));
  });

  test.each(['0', '65', 'two', '-1'])('refuses %s threads', async (count) => {
    const { exit, stderr } = await runCli(['scan', `--threads=${count}`, 'clean'], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain('Expected a number from 1 to 64');
  });

  test('takes limits, and what is above one is unread', async () => {
    const run = (...limits: string[]) =>
      runCli(['scan', ...limits.flatMap((one) => ['--limit', one]), 'clean/sample-1.0.0.tgz'], {
        cwd,
      });
    expect((await run('entries=1000', 'within=1m')).exit).toBe(0);
    const { exit, stdout } = await run('depth=0', 'entries=2');
    expect(exit).toBe(3);
    expect(stdout).toMatch(/sample-1\.0\.0\.tgz: unread: .*more than 2 .*\(limit: entries\)/);
    expect((await run('entries=2', 'entries=9')).exit).toBe(0);
  });

  test.each([
    ['files=1', 'Expected one of entries, depth, unpacked-max'],
    ['entries', 'Expected a whole number from 1 to 1000000'],
    ['entries=1e3', 'Expected a whole number from 1 to 1000000'],
    ['within=2d', 'Expected a duration from 1s to 1h'],
    ['entry-max=1', 'Expected a size from 1KiB to 16GiB'],
  ])('refuses the limit %s', async (limit, message) => {
    const { exit, stderr } = await runCli(['scan', '--limit', limit, 'clean'], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain(message);
  });

  test('refuses a format that it does not have and names those that exist', async () => {
    const { exit, stderr } = await runCli(['scan', '--format', 'xml', 'clean'], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain('Allowed choices are text, json, sarif, junit');
  });
});
