/** action.yml does what it says: its own shell runs, with the inputs in the environment. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveKnowingly } from '../acknowledge.ts';
import { sampleNpmTarball } from '../contract/sample-packages.ts';
import { NPM_NAME } from '../founding.ts';
import { until } from '../gate-fixture.ts';
import { grantCredential } from '../grant-fixture.ts';
import {
  ACCOUNTS,
  bindingOf,
  type CiIssuer,
  type Claims,
  githubClaims,
  startCiIssuer,
} from '../servers/ci-issuer.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { actionOf, runSteps } from '../workflow-run.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const action = actionOf(readFileSync(join(ROOT, 'action.yml'), 'utf8'));

/** All steps with these inputs; the rest are as action.yml has them. */
function run(
  cwd: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  release = '',
) {
  const values = Object.fromEntries(
    action.inputs.map((one) => [`inputs.${one.name}`, inputs[one.name] ?? one.default?.text ?? '']),
  );
  return runSteps(action.steps, {
    cwd,
    env: { ...env, GITHUB_ACTION_PATH: ROOT },
    values: { ...values, 'steps.submit.outputs.release': release },
  });
}

const newFolder = () => temporaryFolder('action');

describe('scan', () => {
  test('ends with 1 and a SARIF file where a file has a secret', async () => {
    const cwd = newFolder();
    const { privateKey } = generateKeyPairSync('ed25519');
    const secret = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    writeFileSync(join(cwd, 'a.pem'), secret);
    const told = await run(cwd, { scan: 'a.pem\n', sarif: 'scan.sarif' });
    const sarif = JSON.parse(readFileSync(join(cwd, 'scan.sarif'), 'utf8')) as {
      runs: readonly { results: readonly unknown[] }[];
    };
    expect(told.text).not.toContain(secret.split('\n')[1] ?? secret);
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(0);
    expect(told.exit, told.text).toBe(1);
  });

  test('ends with 0 where there is nothing, over patterns and names with blanks', async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'a b.txt'), 'text\n');
    writeFileSync(join(cwd, 'c.txt'), 'text\n');
    const told = await run(cwd, { scan: 'a b.txt\n\n*.txt\n' });
    expect(told.exit, told.text).toBe(0);
  });

  test('is no success where nothing fits', async () => {
    const told = await run(newFolder(), { scan: 'dist/*.tgz' });
    expect(told.exit).toBe(2);
    expect(told.text).toContain('nothing fits dist/*.tgz');
  });

  test('takes no input for shell', async () => {
    const cwd = newFolder();
    for (const scan of ['$(touch proof)', '`touch proof`', '"; touch proof; "', '--help']) {
      expect((await run(cwd, { scan, sarif: '$(touch proof)' })).exit).toBe(2);
    }
    expect(existsSync(join(cwd, 'proof'))).toBe(false);
  });

  test('and everything else is left out where nobody asks for it', async () => {
    expect(await run(newFolder(), {})).toMatchObject({ exit: 0, outputs: {} });
  });
});

describe('submit and wait', () => {
  let storage: string;
  let github: CiIssuer;
  let registry: Verdaccio;
  let gate: GateProcess;
  let token: string;

  beforeAll(async () => {
    storage = newFolder();
    github = await startCiIssuer('RS256');
    registry = await startVerdaccio({ storage });
    gate = await startGateProcess({
      npmUrl: registry.url,
      npmToken: await registry.token('publisher'),
      pypiUrl: null,
      ci: [bindingOf(github.url)],
      accounts: { alice: [{ issuer: github.url, id: ACCOUNTS.alice }] },
    });
    token = await grantCredential(gate, 'action');
  });

  afterAll(async () => {
    await gate?.stop();
    await Promise.all([github, registry].map((one) => one?.stop()));
    rmSync(storage, { recursive: true, force: true });
  });

  const job = (tag: string, changes: Claims = {}) =>
    github.githubJob(githubClaims(`refs/tags/${tag}`, changes));

  async function packed(version: string): Promise<string> {
    const cwd = newFolder();
    const { file, bytes } = await sampleNpmTarball({ name: NPM_NAME, version, seed: 'action' });
    writeFileSync(join(cwd, file), bytes);
    return cwd;
  }

  test('hands files over by the identity of the job, and waits until people have decided', async () => {
    const cwd = await packed('1.2.3');
    const server = gate.origin;
    const submitted = await run(cwd, { submit: '*.tgz', server }, job('v1.2.3'));
    expect(submitted.exit, submitted.text).toBe(0);
    const id = submitted.outputs['steps.submit.outputs.release'] ?? '';
    const release = await (await gate.client('carol')).release(id);
    expect(release).toMatchObject({ id, tag: 'v1.2.3', requesters: ['alice'], missing: [] });

    await until(gate, release.id, 'awaiting-approval');
    const early = await run(cwd, { wait: '1s', server, token }, {}, id);
    expect(early.exit, early.text).toBe(3);
    await approveKnowingly(gate, release.id, 'bob');
    await approveKnowingly(gate, release.id, 'carol');
    const waited = await run(cwd, { wait: '5m', server, token }, {}, id);
    expect(waited.exit, waited.text).toBe(0);
    expect(waited.outputs['steps.wait.outputs.state']).toBe('published');
  });

  test('says what the gateway says to a run that may not ask', async () => {
    const cwd = await packed('1.2.4');
    const inputs = { submit: '*.tgz', server: gate.origin };
    const refused = await run(cwd, inputs, job('v1.2.4', { event_name: 'pull_request' }));
    expect(refused.exit).toBe(1);
    expect(refused.text).toContain('identity-refused');
    expect(refused.text).toContain('started by pull_request');
  });

  test('needs an identity or a credential', async () => {
    const cwd = await packed('1.2.5');
    const refused = await run(cwd, { submit: '*.tgz', server: gate.origin });
    expect(refused.exit).toBe(1);
    expect(refused.text).toContain('expected an upload credential');
  });
});
