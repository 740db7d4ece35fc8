/**
 * The main job, end to end, with real clients, real registries and real processes, in a temporary
 * folder on loopback. Exits with 1 if any line of it does not hold.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createClient } from '../../src/client/client.ts';
import { manifest as manifestReader } from '../../src/core/manifest.ts';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import type { SignedStatement } from '../../src/evidence/signed-statement.ts';
import { freePort } from '../servers/free-port.ts';
import { startPypiserver } from '../servers/pypiserver.ts';
import { startVerdaccio } from '../servers/verdaccio.ts';
import { configuration, forgeRoster } from './documents.ts';
import { checkWithOtherTools } from './other-tools.ts';
import { buildPythonPackage, leakedToken, NPM_NAME, writeNpmPackage } from './packages.ts';
import { openPersonSession } from './session.ts';
import { abbreviate, failuresSoFar, heading, must, type Ran, run, say, show } from './stage.ts';
import { createPersonKey, fetchPublic, findPythonTools, ROOT, startWebhook } from './world.ts';

const PROGRAM = join(ROOT, 'bin', 'countersign.mjs');
const NPM = join(ROOT, 'node_modules', 'npm11', 'bin', 'npm-cli.js');
const started = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'countersign-demo-'));
abbreviate(folder);
const home = join(folder, 'home');
mkdirSync(home);
const env: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: home,
  NO_COLOR: '1',
  LANG: 'C.UTF-8',
};
const stops: (() => Promise<unknown>)[] = [];

try {
  await demo();
} catch (error) {
  must(false, error instanceof Error ? (error.stack ?? error.message) : String(error));
} finally {
  for (const stop of stops.reverse()) await stop().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  failuresSoFar() === 0
    ? `\nAll of it holds (${seconds} s).`
    : `\n${failuresSoFar()} of it does not hold (${seconds} s).`,
);
process.exitCode = failuresSoFar() === 0 ? 0 : 1;

async function demo(): Promise<void> {
  heading('Two registries, three people, one gateway');
  const npm = await startVerdaccio({ storage: join(folder, 'verdaccio') });
  stops.push(() => npm.stop());
  const python = await findPythonTools(env);
  const password = randomBytes(16).toString('hex');
  const pypi = python === null ? null : await startPython(python.pypiServer, password);
  const webhook = await startWebhook(folder);
  stops.push(() => webhook.stop());
  say(
    `npm upstream: Verdaccio at ${npm.url}${pypi === null ? '' : `; PyPI upstream: pypiserver at ${pypi.url}`}`,
  );
  const keys = {
    alice: await createPersonKey(folder, 'alice', env),
    bob: await createPersonKey(folder, 'bob', env),
    carol: await createPersonKey(folder, 'carol', env),
  };
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(folder, 'countersign.yaml'),
    configuration(origin, port, npm.url, pypi?.url ?? null, webhook),
  );
  const trust = join(folder, 'trust.json');
  env['COUNTERSIGN_SERVER'] = origin;
  env['COUNTERSIGN_TRUST'] = trust;
  const as = (who: keyof typeof keys) => ({ ...env, COUNTERSIGN_KEY: keys[who] });
  const countersign = (
    args: string,
    who: keyof typeof keys | null,
    more: { stdin?: string; quiet?: boolean; env?: NodeJS.ProcessEnv } = {},
  ): Promise<Ran> =>
    run(process.execPath, [PROGRAM, ...args.split(' ')], {
      cwd: folder,
      env: { ...(who === null ? env : as(who)), ...more.env },
      stdin: more.stdin ?? '',
      shown:
        more.quiet === true
          ? null
          : `${who === null ? '' : `(${who}) `}countersign ${args.replaceAll(folder, '.')}`,
    });

  const founded = await countersign(
    `init all --founder alice:Alice:release-managers:${keys.alice} --founder bob:Bob:security-team:${keys.bob} --founder carol:Carol:release-managers,security-team:${keys.carol}`,
    null,
  );
  must(
    founded.code === 0,
    'three founders signed roster, rules and upstreams; the trust file goes elsewhere',
  );
  await startGateway();
  const npmToken = await npm.token('publisher');
  await countersign('vault put npm-token --upstream npm', 'bob', { stdin: npmToken });
  if (pypi !== null)
    await countersign('vault put pypi-token --upstream python', 'bob', { stdin: password });

  heading('A malformed tag is refused');
  for (const tag of ['v-test', 'v1.2', 'v01.2.3']) {
    const refused = await countersign(`release open --project aitbc --tag ${tag}`, 'alice');
    must(
      refused.code === 1 && refused.stderr.includes('malformed-tag'),
      `${tag} stops before anything is uploaded`,
    );
  }

  heading('A package with a leaked token is refused');
  const token = leakedToken();
  const leaking = await open('v0.9.0', ['--package', NPM_NAME]);
  await publishNpm(
    writeNpmPackage(folder, '0.9.0', { 'settings.js': `export const token = '${token}';\n` }),
    leaking.upload,
  );
  const rejected = await wait(leaking.release);
  must(rejected.code === 1, 'inspection ended the attempt');
  const status = await countersign(`release status ${leaking.release}`, 'bob');
  must(
    status.stdout.includes('npm-token') && !status.stdout.includes(token),
    'the finding is shown, the token is not',
  );

  heading('A clean release: one signature is not enough');
  const release = await open('v1.0.0', []);
  const source = writeNpmPackage(folder, '1.0.0');
  await publishNpm(source, release.upload);
  const files = python === null ? [] : await publishPython(python, release.upload);
  const waiting = await waitForState(release.release, 'awaiting-approval');
  must(waiting, 'everything that was declared is here, inspected and waiting for people');
  const first = await countersign(`approve ${release.release} --yes 1.0.0`, 'bob');
  must(
    first.code === 0 && (await stateOf(release.release)) === 'awaiting-approval',
    "bob's signature alone publishes nothing",
  );

  heading("The requester's own signature does not count");
  const own = await countersign(`approve ${release.release} --yes 1.0.0`, 'alice');
  must(
    own.code === 1 && /requester/.test(own.stderr),
    'alice opened the release, so the policy excludes her',
  );

  heading('An approval of other bytes is void');
  const other = await open('v1.0.1', ['--package', NPM_NAME]);
  await publishNpm(writeNpmPackage(folder, '1.0.1'), other.upload);
  await waitForState(other.release, 'awaiting-approval');
  const stolen = await approvalOf(release.release);
  const replayed = await replay(other.release, stolen);
  show(replayed);
  must(/another manifest/.test(replayed), "bob's approval of v1.0.0 says nothing about v1.0.1");
  await countersign(`release cancel ${other.release}`, 'carol', { quiet: true });

  heading("The second person's signature publishes both");
  const second = await countersign(`approve ${release.release} --yes 1.0.0`, 'carol');
  must(second.code === 0, 'carol recomputed everything from the bytes and signed');
  const published = await wait(release.release);
  must(published.code === 0, 'published, read back, and confirmed');

  heading('The public gets the bytes that were signed');
  const evidence = join(folder, 'release.json');
  await countersign(`evidence export ${release.release} -o ${evidence}`, 'carol');
  const signed = manifestReader(
    JSON.parse(parseEvidence(readFileSync(evidence, 'utf8')).manifest),
    'manifest',
  );
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  for (const artifact of signed.artifacts) {
    const address =
      artifact.ecosystem === 'npm'
        ? `${npm.url}${NPM_NAME}/-/explorer-web-1.0.0.tgz`
        : `${pypi?.url}packages/${artifact.file}`;
    const bytes = new Uint8Array(await (await fetchPublic(address)).arrayBuffer());
    writeFileSync(join(elsewhere, artifact.file), bytes);
    const local = files.find((file) => basename(file) === artifact.file);
    const same =
      createHash('sha256').update(bytes).digest('hex') === artifact.sha256 &&
      (local === undefined || readFileSync(local).equals(bytes));
    must(same, `${artifact.file} from the registry has sha256 ${artifact.sha256.slice(0, 16)}...`);
  }
  const latest = (await (await fetchPublic(`${npm.url}${NPM_NAME}`)).json()) as {
    'dist-tags': Record<string, string>;
  };
  must(
    JSON.stringify(latest['dist-tags']) === '{"latest":"1.0.0"}',
    'the dist-tag latest moved, and no other is left',
  );
  must(
    webhook.received.every((one) => one.verified && one.hasCheckpoint) &&
      webhook.received.some((one) => one.type === 'release.published'),
    `${webhook.received.length} signed notices came, each with a checkpoint`,
  );

  heading('Anyone can check it, without the gateway');
  const audited = await countersign('audit verify', 'bob');
  must(audited.code === 0, 'the whole ledger recomputes to the signed checkpoint');
  await stops.pop()?.();
  cpSync(evidence, join(elsewhere, 'evidence.json'));
  const artifacts = signed.artifacts.map((one) => join(elsewhere, one.file)).join(' ');
  const bundle = join(elsewhere, 'evidence.json');
  const verified = await countersign(
    `verify ${artifacts} --evidence ${bundle} --trust ${trust}`,
    null,
  );
  must(
    verified.code === 0,
    'the gateway is stopped; evidence, trust file and artifacts are enough',
  );

  await checkWithOtherTools(bundle, join(elsewhere, 'parts'), countersign);

  heading('And it notices');
  const [flipped] = signed.artifacts;
  if (flipped === undefined) throw new Error('no artifact');
  const damaged = readFileSync(join(elsewhere, flipped.file));
  damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
  writeFileSync(join(elsewhere, `flipped-${flipped.file}`), damaged);
  const bad = await countersign(
    `verify ${join(elsewhere, `flipped-${flipped.file}`)} --evidence ${bundle} --trust ${trust}`,
    null,
  );
  must(bad.code === 1, 'one flipped bit of an artifact fails');
  writeFileSync(join(elsewhere, 'forged.json'), forgeRoster(readFileSync(bundle, 'utf8')));
  const forged = await countersign(
    `verify ${artifacts} --evidence ${join(elsewhere, 'forged.json')} --trust ${trust}`,
    null,
  );
  must(forged.code === 1, 'evidence with a forged roster fails');

  async function startPython(program: string, secret: string) {
    process.env['COUNTERSIGN_PYPI_SERVER'] = program;
    const server = await startPypiserver({
      packagesFolder: join(folder, 'pypi'),
      username: '__token__',
      password: secret,
    });
    stops.push(() => server.stop());
    return server;
  }

  async function startGateway(): Promise<void> {
    const server = spawn(process.execPath, [PROGRAM, 'serve', '--log-level', 'error'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise((resolve) => server.once('exit', resolve));
    stops.push(async () => {
      server.kill('SIGTERM');
      await exited;
    });
    let said = '';
    server.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    for (let waited = 0; waited < 20_000; waited += 100) {
      const healthy = await fetch(`${origin}/api/v1/health`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (healthy) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    console.log('   $ countersign serve');
    show(said);
  }

  /** Alice opens; her CI gets the upload credential. */
  async function open(
    tag: string,
    more: readonly string[],
  ): Promise<{ release: string; upload: string }> {
    const args = ['release open --project aitbc', `--tag ${tag}`, ...more, '--json'].join(' ');
    const answer = await countersign(args, 'alice', { quiet: true });
    console.log(`   $ (alice) countersign ${args}`);
    if (answer.code !== 0) throw new Error(`open failed: ${answer.stderr}${answer.stdout}`);
    const { shortId, upload } = JSON.parse(answer.stdout) as {
      shortId: string;
      upload: { token: string };
    };
    say(`release ${shortId} is open; its upload credential goes to CI`);
    return { release: shortId, upload: upload.token };
  }

  async function publishNpm(cwd: string, upload: string): Promise<void> {
    writeFileSync(join(cwd, '.npmrc'), `//127.0.0.1:${port}/npm/:_authToken=${upload}\n`, {
      mode: 0o600,
    });
    const args = ['publish', '--registry', `${origin}/npm/`, '--access', 'public'];
    const done = await run(process.execPath, [NPM, ...args], {
      cwd,
      env: { ...env, npm_config_update_notifier: 'false', npm_config_loglevel: 'notice' },
      shown: null,
    });
    console.log('   $ (CI) npm publish --registry $GATEWAY/npm/');
    show(
      done.stderr
        .split('\n')
        .filter(
          (line) => line.includes('held') || line.includes('error') || line.includes('complete'),
        )
        .join('\n'),
    );
    if (done.code !== 0) throw new Error(`npm publish failed: ${done.stderr}`);
  }

  async function publishPython(
    tools: NonNullable<typeof python>,
    upload: string,
  ): Promise<readonly string[]> {
    const built = await buildPythonPackage(folder, tools.python, '1.0.0', env);
    if (built === null) throw new Error('the Python package could not be built');
    const done = await run(
      tools.twine,
      ['upload', '--disable-progress-bar', '--repository-url', `${origin}/pypi/legacy/`, ...built],
      {
        cwd: folder,
        env: {
          ...env,
          TWINE_USERNAME: '__token__',
          TWINE_PASSWORD: upload,
          TWINE_NON_INTERACTIVE: '1',
        },
        shown: '(CI) twine upload --repository-url $GATEWAY/pypi/legacy/ dist/*',
      },
    );
    if (done.code !== 0) throw new Error(`twine failed: ${done.stderr}${done.stdout}`);
    return built;
  }

  function wait(reference: string): Promise<Ran> {
    return countersign(`release wait ${reference} --timeout 60s`, 'carol');
  }

  async function stateOf(reference: string): Promise<string> {
    const answer = await countersign(`release status ${reference} --json`, 'carol', {
      quiet: true,
    });
    return (JSON.parse(answer.stdout) as { state: string }).state;
  }

  async function waitForState(reference: string, wanted: string): Promise<boolean> {
    for (let waited = 0; waited < 30_000; waited += 500) {
      const state = await stateOf(reference);
      if (state === wanted) return true;
      if (['rejected', 'failed', 'cancelled'].includes(state)) return false;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return false;
  }

  /** What a thief who reads the database or the wire would have. */
  async function approvalOf(reference: string): Promise<SignedStatement> {
    const file = join(folder, `${reference}.json`);
    await countersign(`evidence export ${reference} -o ${file}`, 'bob', { quiet: true });
    const [approval] = parseEvidence(readFileSync(file, 'utf8')).approvals;
    if (approval === undefined) throw new Error('no approval in the evidence');
    return approval;
  }

  async function replay(reference: string, approval: SignedStatement): Promise<string> {
    const session = await openSession('bob');
    const client = createClient({ origin, token: session });
    return client.approve(reference, approval).then(
      () => 'it was taken',
      (error: unknown) => `error: ${error instanceof Error ? error.message : String(error)}`,
    );
  }

  async function openSession(who: keyof typeof keys): Promise<string> {
    return openPersonSession(origin, keys[who]);
  }
}
