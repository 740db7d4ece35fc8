/** Real npm, pnpm, yarn, uv, twine and pdm publish from CI with no stored secret, over TLS. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseView } from '../../src/gateway/gateway.ts';
import { approveKnowingly } from '../acknowledge.ts';
import { sampleSdist, sampleWheel } from '../contract/sample-packages.ts';
import { NPM_NAME, PYPI_NAME } from '../founding.ts';
import { until } from '../gate-fixture.ts';
import {
  ACCOUNTS,
  bindingOf,
  type CiIssuer,
  type Claims,
  githubClaims,
  gitlabClaims,
  startCiIssuer,
} from '../servers/ci-issuer.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { hasPypiserver, startPypiserver } from '../servers/pypiserver.ts';
import type { RunningServer } from '../servers/server-process.ts';
import { startTlsProxy, type TlsProxy } from '../servers/tls-proxy.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { hasProgram, requireTool } from '../tools.ts';
import { type ClientRun, openPage, runClient } from './transcript.ts';

const TWINE = process.env['COUNTERSIGN_TWINE'] ?? 'twine';
const UV = process.env['COUNTERSIGN_UV'] ?? 'uv';
const PDM = process.env['COUNTERSIGN_PDM'] ?? 'pdm';
const withTls = requireTool('openssl', hasProgram('openssl', 'version'));
const withPython = requireTool('pypiserver', hasPypiserver()) && withTls;
const page = openPage('ci');

let folders: string;
let github: CiIssuer;
let gitlab: CiIssuer;
let proxy: TlsProxy;
let npmRegistry: Verdaccio;
let pypiRegistry: RunningServer | undefined;
let gate: GateProcess;

beforeAll(async () => {
  if (!withTls) return;
  folders = mkdtempSync(join(tmpdir(), 'countersign-ci-'));
  github = await startCiIssuer('RS256');
  gitlab = await startCiIssuer('RS256');
  const alias = hostOfTwine();
  proxy = await startTlsProxy(alias);
  npmRegistry = await startVerdaccio({ storage: join(folders, 'verdaccio') });
  const username = '__token__';
  const password = 'countersign';
  if (withPython) {
    const packagesFolder = join(folders, 'packages');
    pypiRegistry = await startPypiserver({ packagesFolder, username, password });
  }
  gate = await startGateProcess({
    npmUrl: npmRegistry.url,
    npmToken: await npmRegistry.token('publisher'),
    pypiUrl: pypiRegistry?.url ?? npmRegistry.url,
    pypiPassword: password,
    publicOrigin: proxy.origin,
    ci: [bindingOf(github.url), bindingOf(gitlab.url, undefined, 'gitlab')],
    accounts: { alice: [github, gitlab].map(({ url }) => ({ issuer: url, id: ACCOUNTS.alice })) },
  });
  proxy.forwardTo(gate.port);
  page.replace(proxy.origin, 'https://release.example.com');
  page.replace(new URL(proxy.origin).host, 'release.example.com');
  if (alias !== null) page.replace(alias.replace(/^upload\./, ''), 'registry.example.com');
  page.replace(`${github.url}/request`, 'https://ci.example.com/request');
});

afterAll(async () => {
  await gate?.stop();
  await Promise.all([github, gitlab, proxy, npmRegistry, pypiRegistry].map((one) => one?.stop()));
  if (folders !== undefined) rmSync(folders, { recursive: true, force: true });
});

/** Puts a run on the page, without where the client's own code lies and what that does. */
async function show(name: string, heading: string, command: string, run: ClientRun, tag: string) {
  const release = await releaseOf(tag);
  if (release !== undefined) page.replace(release.shortId, 'REL');
  const noise = /^\s+at |^npm verbose (?!oidc)|^npm info|^GET https:|\.npmrc$/;
  const lines = run.text
    .split('\n')
    .filter((line) => !noise.test(line.replaceAll(/\x1b\[[0-9;]*m/g, '')));
  const text = lines.join('\n').replaceAll(/csu_[A-Za-z0-9_-]{43}/g, 'csu_...');
  page.add(name, heading, command, { ...run, text });
}

/** The host that twine has built in; null where there is no twine. */
function hostOfTwine(): string | null {
  const program = process.env['COUNTERSIGN_PYTHON'] ?? 'python3';
  const ask = 'from twine import utils; print(utils.DEFAULT_REPOSITORY)';
  try {
    return new URL(execFileSync(program, ['-c', ask], { encoding: 'utf8' }).trim()).host;
  } catch {
    return null;
  }
}

/** The environment of a GitHub job at the tag. */
const githubJob = (tag: string, changes: Claims = {}) => ({
  ...proxy.env,
  ...github.githubJob(githubClaims(`refs/tags/${tag}`, changes)),
});

/** The environment of a GitLab job at the tag, with one token for `audience` in `variable`. */
async function gitlabJob(tag: string, variable: string, audience: string) {
  const claims = gitlabClaims(new URL(gitlab.url).host, tag);
  const token = await gitlab.sign({ aud: audience, ...claims });
  return { ...proxy.env, CI: 'true', GITLAB_CI: 'true', [variable]: token };
}

async function releaseOf(tag: string): Promise<ReleaseView | undefined> {
  const all = await (await gate.client('carol')).releases({ project: 'aitbc' });
  return all.find((one) => one.tag === tag);
}

async function filesOf(tag: string): Promise<readonly string[]> {
  return (await releaseOf(tag))?.artifacts.map((one) => one.file).sort() ?? [];
}

/** A package folder that knows the registry, and no secret. */
function npmProject(version: string): string {
  const folder = mkdtempSync(join(folders, 'project-'));
  const about = { name: NPM_NAME, version, license: 'Apache-2.0', main: 'index.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  writeFileSync(join(folder, 'index.js'), 'module.exports = 1;\n');
  const lines = [`registry=${proxy.origin}/npm/`, 'update-notifier=false', 'fetch-retries=0'];
  writeFileSync(join(folder, '.npmrc'), `${lines.join('\n')}\n`);
  page.replace(folder, '.');
  return folder;
}

const moduleOf = (path: string) =>
  fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
const versionOf = (name: string) =>
  (JSON.parse(readFileSync(moduleOf(`${name}/package.json`), 'utf8')) as { version: string })
    .version;

interface NodeClient {
  readonly name: string;
  readonly package: string;
  readonly minor: number;
  readonly command: string;
  run(folder: string, env: NodeJS.ProcessEnv, ...more: string[]): Promise<ClientRun>;
}

const npm = (major: number): NodeClient => ({
  name: `npm ${major}`,
  package: `npm${major}`,
  minor: major,
  command: 'npm publish',
  run: (folder, env, ...more) =>
    runClient(
      process.execPath,
      [moduleOf(`npm${major}/bin/npm-cli.js`), 'publish', ...more],
      folder,
      env,
    ),
});

const pnpm: NodeClient = {
  name: 'pnpm 11',
  package: 'pnpm',
  minor: 21,
  command: 'pnpm publish --no-git-checks',
  run: (folder, env, ...more) => {
    const args = [moduleOf('pnpm/bin/pnpm.mjs'), 'publish', '--no-git-checks', ...more];
    return runClient(process.execPath, args, folder, env);
  },
};

const yarn: NodeClient = {
  name: 'yarn 4',
  package: 'yarn-berry',
  minor: 22,
  command: 'yarn npm publish',
  async run(folder, env, ...more) {
    const settings = [
      `npmRegistryServer: "${proxy.origin}/npm"`,
      // for the issuer of the tests; the gateway is behind TLS
      'unsafeHttpWhitelist: ["127.0.0.1"]',
      'enableTelemetry: false',
      'enableGlobalCache: false',
    ];
    writeFileSync(join(folder, '.yarnrc.yml'), `${settings.join('\n')}\n`);
    writeFileSync(join(folder, 'yarn.lock'), '');
    const call = (args: readonly string[], extra: NodeJS.ProcessEnv) =>
      runClient(process.execPath, [moduleOf('yarn-berry/bin/yarn.js'), ...args], folder, {
        ...env,
        ...extra,
      });
    const prepared = await call(['install'], { YARN_ENABLE_IMMUTABLE_INSTALLS: '0' });
    expect(prepared.exit, prepared.text).toBe(0);
    return call(['npm', 'publish', ...more], {});
  },
};

describe.each([npm(11), npm(12), pnpm, yarn])('$name', (client) => {
  const { name, minor, command } = client;

  test.skipIf(!withTls)('publishes from a GitHub job with no stored secret', async () => {
    const tag = `v1.${minor}.0`;
    const run = await client.run(npmProject(tag.slice(1)), githubJob(tag));
    await show(name, 'From GitHub', command, run, tag);
    expect(run.exit, run.text).toBe(0);
    const release = await releaseOf(tag);
    expect(release).toMatchObject({
      opened: 'by-tag',
      requesters: ['alice'],
      runs: [{ run: '77001' }],
    });
    expect(await filesOf(tag)).toHaveLength(1);
  });

  test.skipIf(!withTls)('publishes from a GitLab job with no stored secret', async () => {
    const tag = `v1.${minor}.1`;
    const audience = `npm:${new URL(proxy.origin).hostname}`;
    const env = await gitlabJob(tag, 'NPM_ID_TOKEN', audience);
    const run = await client.run(npmProject(tag.slice(1)), env);
    expect(run.exit, run.text).toBe(0);
    expect(await releaseOf(tag)).toMatchObject({ requesters: ['alice'], runs: [{ run: '88001' }] });
    expect(await filesOf(tag)).toHaveLength(1);
  });

  test.skipIf(!withTls)('is refused for a run of a pull request', async () => {
    const tag = `v1.${minor}.2`;
    const env = githubJob(tag, { event_name: 'pull_request' });
    // npm says the gateway's reason only when asked to say more
    const verbose = name.startsWith('npm') ? ['--loglevel', 'verbose'] : [];
    const run = await client.run(npmProject(tag.slice(1)), env, ...verbose);
    expect(run.exit, run.text).not.toBe(0);
    await show(name, 'A run that may not ask', [command, ...verbose].join(' '), run, tag);
    expect(await releaseOf(tag)).toBeUndefined();
    if (name.startsWith('npm')) expect(run.text).toContain('started by pull_request');
  });

  test.skipIf(!withTls)('prints what docs/clients/ci.md says', () => {
    page.check(name, versionOf(client.package));
  });
});

interface PythonClient {
  readonly name: string;
  readonly program: string;
  readonly minor: number;
  readonly command: string;
  /** What it prints of a refusal; pdm keeps the reason to itself. */
  readonly refusal: string;
  run(folder: string, env: NodeJS.ProcessEnv): Promise<ClientRun>;
}

const PYTHON: readonly PythonClient[] = [
  {
    name: 'twine',
    program: TWINE,
    minor: 31,
    refusal: 'the run was started by pull_request',
    command: 'twine upload dist/*',
    // twine exchanges tokens for the registry that it has built in and for no other: the proxy of
    // its environment stands for that one
    run: (folder, env) => {
      const args = ['upload', '--non-interactive', '--disable-progress-bar', ...readDist(folder)];
      return runClient(TWINE, args, folder, { ...env, HTTPS_PROXY: proxy.connectUrl });
    },
  },
  {
    name: 'uv',
    program: UV,
    minor: 32,
    refusal: 'the run was started by pull_request',
    command:
      'uv publish --trusted-publishing always --publish-url https://release.example.com/pypi/legacy/ dist/*',
    run: (folder, env) => {
      const args = ['publish', '--no-progress', '--no-config', '--trusted-publishing', 'always'];
      const url = ['--publish-url', `${proxy.origin}/pypi/legacy/`];
      return runClient(UV, [...args, ...url, ...readDist(folder)], folder, {
        ...env,
        UV_HTTP_RETRIES: '0',
        UV_CACHE_DIR: `${folder}-home/cache`,
      });
    },
  },
  {
    name: 'pdm',
    program: PDM,
    minor: 33,
    refusal: 'Failed to get PyPI token via OIDC',
    command: 'pdm publish --no-build --repository https://release.example.com/pypi/legacy/',
    run: (folder, env) => {
      writeFileSync(
        join(folder, 'pyproject.toml'),
        `[project]\nname = "${PYPI_NAME}"\nversion = "0"\nrequires-python = ">=3.9"\n`,
      );
      const args = ['publish', '--no-build', '--repository', `${proxy.origin}/pypi/legacy/`];
      return runClient(PDM, args, folder, {
        ...env,
        PDM_CHECK_UPDATE: '0',
        PDM_USE_VENV: '0',
      });
    },
  },
];

function readDist(folder: string): readonly string[] {
  return readdirSync(join(folder, 'dist')).map((file) => `dist/${file}`);
}

/** A folder whose `dist` holds wheel and sdist. */
async function pythonProject(version: string): Promise<string> {
  const folder = mkdtempSync(join(folders, 'project-'));
  mkdirSync(join(folder, 'dist'));
  const about = { name: PYPI_NAME, version, seed: 'ci' };
  for (const one of [sampleWheel(about), await sampleSdist(about)]) {
    writeFileSync(join(folder, 'dist', one.file), one.bytes);
  }
  page.replace(folder, '.');
  return folder;
}

describe.each(PYTHON)('$name', ({ name, program, minor, command, refusal, run }) => {
  const isHere = requireTool(name, hasProgram(program)) && withPython;

  test.skipIf(!isHere)('publishes from a GitHub job with no stored secret', async () => {
    const tag = `v1.${minor}.0`;
    const folder = await pythonProject(tag.slice(1));
    const told = await run(folder, githubJob(tag));
    await show(name, 'From GitHub', command, told, tag);
    expect(told.exit, told.text).toBe(0);
    expect(await releaseOf(tag)).toMatchObject({ opened: 'by-tag', requesters: ['alice'] });
    expect(await filesOf(tag)).toEqual([...readdirSync(join(folder, 'dist'))].sort());
  });

  test.skipIf(!isHere)('publishes from a GitLab job with no stored secret', async () => {
    const tag = `v1.${minor}.1`;
    const audience = new URL(proxy.origin).host;
    const variable = `${audience.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_ID_TOKEN`;
    const folder = await pythonProject(tag.slice(1));
    const told = await run(folder, await gitlabJob(tag, variable, audience));
    expect(told.exit, told.text).toBe(0);
    expect(await releaseOf(tag)).toMatchObject({ requesters: ['alice'], runs: [{ run: '88001' }] });
    expect(await filesOf(tag)).toHaveLength(2);
  });

  test.skipIf(!isHere)('is refused for a run of a pull request', async () => {
    const tag = `v1.${minor}.2`;
    const folder = await pythonProject(tag.slice(1));
    const told = await run(folder, githubJob(tag, { event_name: 'pull_request' }));
    await show(name, 'A run that may not ask', command, told, tag);
    expect(told.exit, told.text).not.toBe(0);
    expect(told.flat).toContain(refusal);
    expect(await releaseOf(tag)).toBeUndefined();
  });

  test.skipIf(!isHere)('prints what docs/clients/ci.md says', () => {
    const said = execFileSync(program, ['--version'], { encoding: 'utf8' });
    page.check(name, /[0-9]+\.[0-9]+\.[0-9]+/.exec(said)?.[0] ?? said);
  });
});

const isWhole = requireTool('uv', hasProgram(UV)) && withPython;
test.skipIf(!isWhole)(
  'a release of both registries ships from one workflow without any secret',
  async () => {
    const tag = 'v2.0.0';
    const job = () => githubJob(tag);
    const uv = PYTHON.find((one) => one.name === 'uv');
    expect((await npm(12).run(npmProject('2.0.0'), job())).exit).toBe(0);
    expect((await uv?.run(await pythonProject('2.0.0'), job()))?.exit).toBe(0);
    const release = await releaseOf(tag);
    if (release === undefined) throw new Error('no release');
    await until(gate, release.id, 'awaiting-approval');
    // what the samples depend on is not in the registry of the tests, which is a finding
    await approveKnowingly(gate, release.id, 'bob');
    await approveKnowingly(gate, release.id, 'carol');
    const done = await until(gate, release.id, 'published');
    expect(done).toMatchObject({ requesters: ['alice'], commit: release.commit, missing: [] });
  },
);
