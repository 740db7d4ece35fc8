/** Changes of roster and rules by the command line, with keys of ssh-keygen, against a real gate. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEcosystems } from '../../src/compose.ts';
import { makeTarGz } from '../../testdata/archives.ts';
import { runCli } from '../cli-fixture.ts';
import { freePort } from '../servers/free-port.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/countersign.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'countersign-governance-'));
const at = (name: string) => join(folder, name);
let upstream: Verdaccio;
let server = '';
let stop: () => Promise<void> = async () => undefined;

const pause = () => new Promise((resolve) => setTimeout(resolve, 100));

type Document = Record<string, never>;

/** Runs a command line as the holder of this key would; the gate is another process. */
function as(
  key: string | null,
  argv: readonly string[],
  env: Record<string, string> = {},
  typed: string | null = null,
) {
  return runCli(argv, {
    cwd: folder,
    ...(typed === null ? {} : { input: typed, tty: true }),
    env: {
      COUNTERSIGN_SERVER: server,
      COUNTERSIGN_TRUST: at('trust.json'),
      ...(key === null ? {} : { COUNTERSIGN_KEY: at(key) }),
      ...env,
    },
    now: () => new Date().toISOString(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    ecosystems: async () => createEcosystems(),
  });
}

async function json(key: string | null, argv: readonly string[], exit = 0): Promise<Document> {
  const run = await as(key, [...argv, '--json']);
  expect(run, run.stdout).toMatchObject({ exit, stderr: '' });
  return JSON.parse(run.stdout) as Document;
}

const makeKey = (name: string) =>
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);

/** The enrolment's fingerprint, as its owner would read it out. */
async function enrol(person: string, key: string): Promise<string> {
  const argv = ['roster', 'enrol', '--person', person, '-o', `${key}.enrolment.json`];
  const run = await as(key, [...argv, '--json'], { COUNTERSIGN_SERVER: '' });
  expect(run, run.stdout).toMatchObject({ exit: 0 });
  return (JSON.parse(run.stdout) as { readonly fingerprint: string }).fingerprint;
}

async function until(key: string, argv: readonly string[], state: string): Promise<Document> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await json(key, argv);
    if (found['state'] === state) return found;
    await pause();
  }
  throw new Error((await as(key, argv)).stdout);
}

const handle = (proposal: Document) => String(proposal['digest']).slice(0, 12);

const rules = (
  port: number,
  extra = '',
) => `gateway: { origin: "${server}", listen: "127.0.0.1:${port}", data: ./data }
upstreams:
  npm-private: { ecosystem: npm, url: "${upstream.url}", mode: publish, credential: npm-private }
projects:
  aitbc:
    packages: [ { name: "@aitbc/explorer-web", ecosystem: npm, upstream: npm-private } ]
    policies: [strict]
policies:
  strict: { source: asserted, publish: manual, approvals: { minimum: 2, requester: counts } }
${extra}`;
let port = 0;

beforeAll(async () => {
  for (const name of ['alice', 'bob', 'carol', 'mallory', 'r1', 'r2', 'r3']) makeKey(name);
  upstream = await startVerdaccio({ storage: at('verdaccio') });
  port = await freePort();
  server = `http://127.0.0.1:${port}`;
  writeFileSync(at('countersign.yaml'), rules(port));
  const founders = ['alice:Alice:security-team', 'bob:Bob:security-team'].flatMap((one) => [
    '--founder',
    `${one}:${at(one.split(':')[0] ?? '')}`,
  ]);
  const recovery = ['r1', 'r2', 'r3'].flatMap((one) => ['--recovery-key', at(`${one}.pub`)]);
  const argv = ['init', 'all', ...founders, ...recovery, '--recovery-delay', '2d'];
  execFileSync(process.execPath, [PROGRAM, ...argv], { cwd: folder, stdio: 'pipe' });
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
  // the publisher's first signature; ballots name the head that they saw
  while (!(await fetch(`${server}/log/checkpoint`)).ok) await pause();
}, 60_000);

afterAll(async () => {
  await stop();
  await upstream.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a new person enrols, is proposed, agreed to by two, and is in force', async () => {
  const told = await enrol('carol', 'carol');
  const stolen = await enrol('carol', 'mallory');
  const add = ['roster', 'add', 'carol', '--name', 'Carol', '--group', 'security-team'];
  const reason = ['--reason', 'joins the team'];
  const swapped = await as('alice', [
    ...add,
    ...reason,
    '--enrolment',
    'mallory.enrolment.json',
    '--fingerprint',
    told,
  ]);
  expect(swapped.exit).toBe(1);
  expect(swapped.stderr).toContain(
    `error[signature-invalid]: the enrolment may be swapped: expected the key ${told}, found ${stolen}`,
  );
  const right = ['--enrolment', 'carol.enrolment.json', '--fingerprint', told];
  const proposal = await json('alice', [...add, ...reason, ...right]);
  const id = handle(proposal);
  expect(proposal).toMatchObject({
    state: 'open',
    newKeys: [{ person: 'carol', fingerprint: told }],
  });

  const unconfirmed = await as('bob', ['proposal', 'approve', id, '--yes', id]);
  expect(unconfirmed.stdout).toContain('roster.people.carol.groups[0]: nothing -> "security-team"');
  expect(unconfirmed.stdout).toContain(told);
  expect(unconfirmed.stderr).toContain('error[not-acknowledged]');
  const wrong = await as('bob', ['proposal', 'approve', id, '--yes', id, '--confirm', stolen]);
  expect(wrong.stderr).toContain(`the key may be swapped: expected ${told}, found ${stolen}`);
  await json('alice', ['proposal', 'approve', id, '--yes', id, '--confirm', told]);
  // at a terminal both are typed
  const approve = ['proposal', 'approve', id];
  const other = await as('bob', approve, {}, `${told}\nno\n`);
  expect(other).toMatchObject({ exit: 1, stderr: expect.stringContaining('expected') });
  const run = await as('bob', approve, {}, `${told}\n${id}\n`);
  expect(run.stdout, run.stderr).toContain('approved by bob');
  expect(run.stderr).toContain('type the fingerprint that carol told you on another channel');
  await until('alice', ['proposal', 'show', id], 'in-force');
  const roster = await as(null, ['roster', 'show']);
  expect(roster.stdout).toContain('roster     version 2');
  expect(roster.stdout).toMatch(new RegExp(`${told.replaceAll('+', '\\+')}, too new: counts from`));
  expect(roster.stdout).toContain('has one key only');
}, 120_000);

test('rules change by a proposal, and other rules need nothing', async () => {
  const propose = ['policy', 'propose', '--reason', 'faster for new people'];
  expect((await as('alice', propose)).stdout).toContain('nothing to change');
  writeFileSync(at('next.yaml'), rules(port, 'governance: { minimum: 2, key-cooling: "0" }\n'));
  const made = await as('alice', [...propose, '--config', 'next.yaml']);
  expect(made, made.stderr).toMatchObject({ exit: 0 });
  expect(made.stdout).toContain('governance.coolingSeconds: nothing -> 0');
  expect(made.stdout).toContain('new keys wait 3d -> 2 people; new keys count at once');
  const [first] = (await json('bob', ['proposal', 'list']))['proposals'] as unknown as Document[];
  const id = handle(first as Document);
  for (const key of ['alice', 'bob']) await json(key, ['proposal', 'approve', id, '--yes', id]);
  await until('bob', ['proposal', 'show', id], 'in-force');
  expect(await json(null, ['policy', 'show'])).toMatchObject({
    version: 2,
    changes: { coolingSeconds: 0 },
  });
  writeFileSync(at('countersign.yaml'), readFileSync(at('next.yaml')));
  const rejected = await json('alice', ['roster', 'groups', 'carol', '--reason', 'none']);
  const no = handle(rejected);
  expect(
    await json('bob', ['proposal', 'reject', no, '--reason', 'she stays', '--yes', no]),
  ).toMatchObject({ state: 'rejected' });
}, 120_000);

test('an approval is taken back; a suspended person counts for nothing until reinstated', async () => {
  const opened = await json('alice', ['release', 'open', '--project', 'aitbc', '--tag', 'v1.0.0']);
  const release = String(opened['shortId']);
  const { token } = Object(opened['upload']) as { readonly token: string };
  const content = JSON.stringify({ name: '@aitbc/explorer-web', version: '1.0.0' });
  const file = 'aitbc-explorer-web-1.0.0.tgz';
  writeFileSync(at(file), await makeTarGz([{ path: 'package/package.json', content }]));
  expect((await as(null, ['upload', file], { COUNTERSIGN_UPLOAD_TOKEN: token })).exit).toBe(0);
  const status = ['release', 'status', release];
  await until('bob', status, 'awaiting-approval');
  await json('bob', ['approve', release, '--yes', '1.0.0']);
  expect((await as('alice', ['release', 'withdraw', release])).stderr).toContain(
    'error[not-found]',
  );
  expect(await json('bob', ['release', 'withdraw', release])).toMatchObject({
    state: 'awaiting-approval',
    quorum: { counted: [] },
  });
  const suspended = await as('alice', [
    'suspend',
    'person',
    'bob',
    '--reason',
    'laptop was stolen',
  ]);
  expect(suspended.stdout).toContain('suspended  person bob, by alice');
  expect((await as('bob', ['approve', release, '--yes', '1.0.0'])).exit).toBe(1);
  expect((await as(null, ['roster', 'show'])).stdout).toContain('suspended by alice');
  const reinstate = ['roster', 'reinstate', 'person', 'bob', '--reason', 'it was found'];
  const proposal = await json('alice', reinstate);
  expect(proposal['differences']).toEqual([{ path: 'suspended.person bob', signed: true }]);
}, 120_000);

test('offline keys sign a recovery one after the other, and a member ends it', async () => {
  expect((await as(null, ['roster', 'show', '-o', 'roster.json'])).exit).toBe(0);
  const answer = await fetch(`${server}/api/v1/genesis`);
  writeFileSync(at('instance.json'), await answer.text());
  const offline = { COUNTERSIGN_SERVER: '' };
  const instance = ['--instance', 'instance.json'];
  const draft = ['recovery', 'draft', '--reinstate', 'person:bob', '--reason', 'bob is needed'];
  expect(await as(null, [...draft, ...instance, '-o', 'draft.json'], offline)).toMatchObject({
    exit: 0,
  });
  const sign = (file: string, key: string, output: string) =>
    as(null, ['recovery', 'sign', file, '--recovery-key', key, ...instance, '-o', output], offline);
  expect((await sign('draft.json', 'mallory', 'no.json')).stderr).toContain(
    'error[signature-invalid]',
  );
  expect((await sign('draft.json', 'r1', 'one.json')).stdout).toContain(
    '1 signature of 2 that it takes',
  );
  expect((await sign('one.json', 'r1', 'no.json')).stderr).toContain(
    'has signed this recovery already',
  );
  expect((await as(null, ['recovery', 'start', 'one.json'])).stderr).toContain(
    'error[quorum-unmet]',
  );
  expect((await sign('one.json', 'r3', 'two.json')).exit).toBe(0);
  expect((await as(null, ['recovery', 'start', 'two.json'])).stdout).toContain(
    '2d after the log shows it',
  );
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await json(null, ['roster', 'show']))['recovery'] !== null) break;
    await pause();
  }
  expect((await as(null, ['roster', 'show'])).stdout).toContain('countersign recovery veto');
  const ended = await as('alice', ['recovery', 'veto', '--reason', 'we propose it']);
  expect(ended, ended.stderr).toMatchObject({ exit: 0, stderr: '' });
  expect(await json(null, ['roster', 'show'])).toMatchObject({ recovery: null });
}, 120_000);
