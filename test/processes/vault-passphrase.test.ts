/** An instance whose vault is under a passphrase, from its founding to the start of its publisher. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as compose from '../../src/compose.ts';
import * as founding from '../../src/compose-founding.ts';
import { type CliOptions, type CliRun, runCli } from '../cli-fixture.ts';

const VARIABLE = 'COUNTERSIGN_VAULT_PASSPHRASE';
const passphrase = ['only', 'for', 'these', 'tests'].join(' ');
const root = mkdtempSync(join(tmpdir(), 'countersign-passphrase-'));
let folders = 0;

beforeAll(() => {
  for (const person of ['alice', 'bob']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(root, person)]);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder with a configuration and nothing else. */
function newFolder(): string {
  folders += 1;
  const folder = mkdtempSync(join(root, `instance-${folders}-`));
  const gateway = { origin: 'http://127.0.0.1:9', listen: '127.0.0.1:9', data: './data' };
  const policies = { strict: { approvals: { minimum: 2, requester: 'counts' } } };
  const document = { gateway, upstreams: {}, projects: {}, policies };
  writeFileSync(join(folder, 'countersign.yaml'), JSON.stringify(document));
  return folder;
}

/** `countersign init ...` with what the real program is wired to. */
function init(folder: string, argv: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const env = options.env ?? {};
  return runCli(['init', ...argv], {
    cwd: folder,
    now: () => new Date().toISOString(),
    createKeys: founding.createKeys,
    readKeys: founding.readKeys,
    found: (config, document, signatures, trust) =>
      founding.found(config, env, document, signatures, trust),
    ...options,
  });
}

const founders = () => [
  '--founder',
  `alice:Alice::${join(root, 'alice')}`,
  '--founder',
  `bob:Bob::${join(root, 'bob')}`,
];

/** Starts the publisher and asks it to end as soon as it is ready; true where it was. */
async function startPublisher(folder: string, env: Record<string, string>): Promise<boolean> {
  const stop = new AbortController();
  let ready = false;
  await compose.runPublisher(join(folder, 'countersign.yaml'), {
    logLevel: 'silent',
    signal: stop.signal,
    env,
    onReady: () => {
      ready = true;
      stop.abort();
    },
  });
  return ready;
}

describe('a vault under a passphrase', () => {
  test('is founded with it, and opened by no other', { timeout: 60_000 }, async () => {
    const folder = newFolder();
    const env = { [VARIABLE]: passphrase };
    const run = await init(folder, ['all', '--passphrase', ...founders()], { env });
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    const files = readdirSync(join(folder, 'data/publisher'));
    expect(files).toContain('wrap.json');
    expect(files).not.toContain('wrap.key');
    for (const file of files) {
      expect(readFileSync(join(folder, 'data/publisher', file), 'utf8')).not.toContain(passphrase);
    }
    await expect(startPublisher(folder, { [VARIABLE]: `${passphrase}!` })).rejects.toMatchObject({
      code: 'vault-sealed',
      message: expect.stringContaining('found another'),
      hint: expect.stringContaining('init'),
    });
    await expect(startPublisher(folder, {})).rejects.toMatchObject({
      code: 'vault-sealed',
      message: expect.stringContaining(`expected it in ${VARIABLE}, found nothing`),
      hint: expect.stringContaining('environment of the publisher'),
    });
    expect(await startPublisher(folder, env)).toBe(true);
  });

  test('takes what is typed twice, and shows it nowhere', async () => {
    const folder = newFolder();
    const typed = await init(folder, ['keys', '--passphrase'], {
      tty: true,
      input: `${passphrase}\r${passphrase}\r`,
    });
    expect(typed).toMatchObject({ exit: 0 });
    expect(typed.stdout).toContain(`the publisher needs ${VARIABLE} at every start`);
    expect(`${typed.stdout}${typed.stderr}`).not.toContain(passphrase);
    expect(existsSync(join(folder, 'data/publisher/wrap.json'))).toBe(true);
  });

  test.each([
    ['another the second time', { tty: true, input: `${passphrase}\r${passphrase}s\r` }, 'twice'],
    ['a short one', { env: { [VARIABLE]: 'eleven char' } }, 'at least 12 characters, found 11'],
    ['a control character', { tty: true, input: `${`${passphrase}\u001b[A\r`.repeat(2)}` }, 'line'],
    ['nobody to ask', { input: `${passphrase}\n${passphrase}\n` }, `in ${VARIABLE}, found none`],
  ])('refuses %s, and leaves no keys behind', async (_what, options, message) => {
    const folder = newFolder();
    const run = await init(folder, ['keys', '--passphrase'], options);
    expect(run).toMatchObject({ exit: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});
