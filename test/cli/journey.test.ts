/** The command line against a real gateway, publisher and npm registry, from founding to verify. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTarGz } from '../../testdata/archives.ts';
import { publishAround } from '../release-fixture.ts';
import { freePort } from '../servers/free-port.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/countersign.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'countersign-journey-'));
const at = (name: string) => join(folder, name);
let upstream: Verdaccio;
let server = '';
let stop: () => Promise<void> = async () => undefined;

interface Run {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as a person with this key would. */
function as(
  person: string | null,
  argv: readonly string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    input: options.input ?? '',
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      COUNTERSIGN_SERVER: server,
      COUNTERSIGN_TRUST: at('trust.json'),
      ...(person === null ? {} : { COUNTERSIGN_KEY: at(person) }),
      ...options.env,
    },
  });
  return { exit: status, stdout, stderr };
}

/** As `as`, and the document of --json; fails with what was said when the exit code is not `exit`. */
function json(
  person: string | null,
  argv: readonly string[],
  exit = 0,
  options: Parameters<typeof as>[2] = {},
) {
  const run = as(person, [...argv, '--json'], options);
  expect(run, run.stdout).toMatchObject({ exit, stderr: '' });
  return JSON.parse(run.stdout) as Record<string, never>;
}

beforeAll(async () => {
  for (const person of ['alice', 'bob', 'carol', 'mallory']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(person)]);
  }
  upstream = await startVerdaccio({ storage: at('verdaccio') });
  const port = await freePort();
  server = `http://127.0.0.1:${port}`;
  writeFileSync(
    at('countersign.yaml'),
    `gateway: { origin: "${server}", listen: "127.0.0.1:${port}", data: ./data }
upstreams:
  npm-private: { ecosystem: npm, url: "${upstream.url}", mode: publish, credential: npm-private }
projects:
  aitbc:
    packages: [ { name: "@aitbc/explorer-web", ecosystem: npm, upstream: npm-private } ]
    policies: [strict]
policies:
  strict: { source: asserted, approvals: { minimum: 2, groups: { security-team: 1 } } }
`,
  );
  const people = [
    'alice:Alice:release-managers',
    'bob:Bob:security-team',
    'carol:Carol:release-managers,security-team',
  ];
  const founders = people.flatMap((one) => ['--founder', `${one}:${at(one.split(':')[0] ?? '')}`]);
  expect(as(null, ['init', 'all', ...founders])).toMatchObject({ exit: 0, stderr: '' });
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('serving')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
  stop = () =>
    new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
});

afterAll(async () => {
  await stop();
  await upstream.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a release goes from the tag to offline evidence', { timeout: 120_000 }, async () => {
  const secret = await upstream.token('publisher');
  const put = as(
    'alice',
    ['vault', 'put', 'npm-private', '--upstream', 'npm-private', '--expires', '90d'],
    { input: `${secret}\n` },
  );
  expect(put).toMatchObject({ exit: 0, stderr: '' });
  expect(`${put.stdout}${put.stderr}`).not.toContain(secret);

  const refused = json('alice', ['release', 'open', '--project', 'aitbc', '--tag', 'v1.2'], 1);
  expect(refused).toMatchObject({ error: { code: 'malformed-tag' } });
  expect(json('mallory', ['release', 'list'], 1)).toMatchObject({
    error: { code: expect.any(String) },
  });

  const opened = json('alice', [
    'release',
    'open',
    '--project',
    'aitbc',
    '--tag',
    'v1.2.3',
    '--credential-file',
    'upload.env',
  ]);
  const release = String(opened['shortId']);
  expect(opened).toMatchObject({ state: 'receiving', upload: { token: null } });
  expect(statSync(at('upload.env')).mode & 0o777).toBe(0o600);
  const token = readFileSync(at('upload.env'), 'utf8').trim().split('=')[1] ?? '';

  const manifest = { name: '@aitbc/explorer-web', version: '1.2.3', description: 'an explorer' };
  writeFileSync(
    at('aitbc-explorer-web-1.2.3.tgz'),
    await makeTarGz([
      { path: 'package/package.json', content: JSON.stringify(manifest) },
      { path: 'package/index.js', content: 'export const answer = 42;\n' },
    ]),
  );
  const unknown = as(null, ['upload', 'aitbc-explorer-web-1.2.3.tgz'], {
    env: { COUNTERSIGN_UPLOAD_TOKEN: `${token.slice(0, -8)}00000000` },
  });
  expect(unknown).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('error[unauthenticated]'),
  });
  const uploaded = as(null, ['upload', 'aitbc-explorer-web-1.2.3.tgz'], {
    env: { COUNTERSIGN_UPLOAD_TOKEN: token },
  });
  expect(uploaded).toMatchObject({ exit: 0, stderr: '' });
  await until(release, 'awaiting-approval');

  // nobody to ask, no --yes: nothing is signed
  expect(as('bob', ['approve', release])).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('error[confirmation-wrong]'),
  });
  expect(as('bob', ['approve', release, '--yes', '1.2.4'])).toMatchObject({ exit: 1 });
  expect(as('mallory', ['approve', release, '--yes', '1.2.3']).exit).toBe(1);
  // without a trust file it is not even looked at
  expect(
    as('bob', ['approve', release, '--yes', '1.2.3'], { env: { COUNTERSIGN_TRUST: '' } }),
  ).toMatchObject({ exit: 2, stderr: expect.stringContaining('expected a trust file') });

  const own = as('alice', ['approve', release, '--yes', '1.2.3']);
  expect(own.exit).toBe(1);

  const first = as('bob', ['approve', release, '--yes', '1.2.3']);
  expect(first).toMatchObject({ exit: 0, stderr: '' });
  expect(first.stdout).toContain('package    @aitbc/explorer-web 1.2.3 (npm tarball)');
  expect(first.stdout).toContain('dist-tag   latest of @aitbc/explorer-web: nothing -> 1.2.3');
  expect(first.stdout).toContain(`goes to  npm-private, ${upstream.url} (publish)`);
  expect(first.stdout).toContain('approved by bob');
  expect(first.stdout).toContain('quorum     not met: 1 more of 2 people');
  expect(json('carol', ['release', 'wait', release, '--timeout', '1s'], 3)).toMatchObject({
    state: 'awaiting-approval',
  });

  expect(json('carol', ['approve', release, '--yes', '1.2.3'])).toMatchObject({
    person: 'carol',
    counted: true,
    quorum: { met: true },
  });
  expect(json('carol', ['release', 'wait', release, '--timeout', '60s'])).toMatchObject({
    state: 'published',
  });

  expect(as('carol', ['evidence', release, '-o', 'evidence.json'])).toMatchObject({
    exit: 0,
    stderr: '',
  });
  const verified = as(
    null,
    ['verify', 'aitbc-explorer-web-1.2.3.tgz', '--evidence', 'evidence.json'],
    { env: { COUNTERSIGN_SERVER: '' } },
  );
  expect(verified).toMatchObject({ exit: 0, stderr: '' });
  expect(verified.stdout).toContain('verified, as of entry');

  const ended = as('carol', ['release', 'status', release]).stdout;
  expect(ended).toContain('published');
  expect(ended).not.toContain('expires');

  expect(as(null, ['audit', 'export', '-o', 'checkpoint.txt']).exit).toBe(0);
  expect(as(null, ['audit', 'verify', '--checkpoint', 'checkpoint.txt']).stdout).toContain(
    '1 checkpoint from earlier holds',
  );
  const audited = json(null, ['audit', 'verify']);
  expect(audited).toMatchObject({ problems: [] });
  expect(as('alice', ['evidence', release, '-o', 'evidence.json'])).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('error[state-conflict]'),
  });
});

test('CI opens with a project credential, whose creator is requester', { timeout: 60_000 }, () => {
  const granted = json('alice', [
    'credential',
    'grant',
    '--project',
    'aitbc',
    '--name',
    'ci',
    '--expires',
    '90d',
  ]);
  const env = { COUNTERSIGN_TOKEN: String(granted['token']) };
  const opened = json(null, ['release', 'open', '--project', 'aitbc', '--tag', 'v1.3.0'], 0, {
    env,
  });
  const release = String(opened['shortId']);
  expect(json('bob', ['release', 'status', release])).toMatchObject({
    requesters: ['alice'],
    state: 'receiving',
  });
  expect(json('bob', ['credential', 'list', '--project', 'aitbc'])).toMatchObject({
    credentials: [{ name: 'ci', creator: 'alice' }],
  });
  // bob did not make it
  const revoke = ['credential', 'revoke', 'ci', '--project', 'aitbc'];
  expect(json('bob', revoke)).toMatchObject({
    credentials: [{ name: 'ci', creator: 'alice', revokedAt: expect.any(String) }],
  });
  expect(json(null, ['release', 'list'], 1, { env })).toMatchObject({
    error: { code: 'unauthenticated' },
  });
  expect(json('alice', ['release', 'cancel', release, '--reason', 'a try'])).toMatchObject({
    state: 'cancelled',
  });
  const again = json('carol', ['release', 'reopen', release]);
  expect(again).toMatchObject({ state: 'receiving' });
  const hand = json(
    'carol',
    ['release', 'open', '--project', 'aitbc', '--by-hand', '--version', '1.4.0'],
    1,
  );
  expect(hand).toMatchObject({ error: { code: 'confirmation-wrong' } });
  json('carol', [
    'release',
    'open',
    '--project',
    'aitbc',
    '--by-hand',
    '--version',
    '1.4.0',
    '--confirm',
    'release',
  ]);
});

test('an attempt that takes over all it needs asks for nothing more', async () => {
  const opened = json('alice', ['release', 'open', '--project', 'aitbc', '--tag', 'v1.5.0']);
  const release = String(opened['shortId']);
  const { token } = Object(opened['upload']) as { readonly token: string };
  const content = JSON.stringify({ name: '@aitbc/explorer-web', version: '1.5.0' });
  const file = 'aitbc-explorer-web-1.5.0.tgz';
  writeFileSync(at(file), await makeTarGz([{ path: 'package/package.json', content }]));
  const env = { COUNTERSIGN_UPLOAD_TOKEN: token };
  expect(as(null, ['upload', file], { env })).toMatchObject({ exit: 0 });
  await until(release, 'awaiting-approval');
  json('alice', ['release', 'cancel', release]);
  const again = as('alice', ['release', 'reopen', release, '--credential-file', 'again.env']);
  expect(again).toMatchObject({ exit: 0, stderr: '' });
  expect(again.stdout).toContain('reused     ');
  expect(again.stdout).toContain('nothing is missing: nothing is to be uploaded');
  expect(again.stdout).not.toMatch(/COUNTERSIGN_UPLOAD_TOKEN|npm publish/);
  expect(existsSync(at('again.env'))).toBe(false);
  const third = String(again.stdout.split(' ', 1)[0]);
  await until(third, 'awaiting-approval');
  json('alice', ['release', 'cancel', third]);
  const document = json('alice', ['release', 'reopen', third]);
  expect(document).toMatchObject({ upload: { token: null, envFile: null }, missing: [] });
});

test('what was published around the gate is shown to an approver, who has to name it', {
  timeout: 120_000,
}, async () => {
  const npmToken = await upstream.token('publisher');
  await publishAround({ npm: upstream, npmToken }, '@aitbc/explorer-web', '1.6.0');
  const opened = json('alice', ['release', 'open', '--project', 'aitbc', '--tag', 'v1.6.1']);
  const release = String(opened['shortId']);
  const { token } = Object(opened['upload']) as { readonly token: string };
  const content = JSON.stringify({ name: '@aitbc/explorer-web', version: '1.6.1' });
  const file = 'aitbc-explorer-web-1.6.1.tgz';
  writeFileSync(at(file), await makeTarGz([{ path: 'package/package.json', content }]));
  expect(as(null, ['upload', file], { env: { COUNTERSIGN_UPLOAD_TOKEN: token } }).exit).toBe(0);
  await until(release, 'awaiting-approval');
  const held = as('bob', ['approve', release, '--yes', '1.6.1']);
  expect(held).toMatchObject({ exit: 1, stderr: expect.stringContaining('not-acknowledged') });
  expect(held.stdout).toContain(`changes    ${file} since 1.2.3`);
  expect(held.stdout).toContain(`upstream   ${file} beside 1.6.0, which upstream shows and NOBODY`);
  expect(held.stdout).toContain('    - evil.js');
  const named = held.stderr.match(/[a-z]+(?:-[a-z]+)*:[0-9a-f]{16}/g) ?? [];
  expect(named.some((one) => one.startsWith('unapproved-upstream:'))).toBe(true);
  const acknowledged = [...new Set(named)].flatMap((one) => ['--acknowledge', one]);
  const signed = as('bob', ['approve', release, '--yes', '1.6.1', ...acknowledged]);
  expect(signed, signed.stderr).toMatchObject({ exit: 0, stderr: '' });
});

async function until(release: string, state: string): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = json('bob', ['release', 'status', release]);
    if (found['state'] === state) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(as('bob', ['release', 'status', release]).stdout);
}
