/** The generated workflows do what they say: their own shell runs against a real gate. */
import { generateKeyPairSync } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseView } from '../../src/gateway/gateway.ts';
import type { Workflow } from '../../src/posture/workflow.ts';
import { approveKnowingly } from '../acknowledge.ts';
import { runCli } from '../cli-fixture.ts';
import { sampleSdist, sampleWheel } from '../contract/sample-packages.ts';
import { NPM_NAME, PYPI_NAME } from '../founding.ts';
import { until } from '../gate-fixture.ts';
import { createRepository, type GitRepository } from '../git-fixture.ts';
import { grantCredential } from '../grant-fixture.ts';
import {
  ACCOUNTS,
  bindingOf,
  type CiIssuer,
  githubClaims,
  startCiIssuer,
} from '../servers/ci-issuer.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { hasProgram, requireTool } from '../tools.ts';
import { clientFolder, runSteps, stepsOf, workflowOf } from '../workflow-run.ts';

const hasTools = requireTool('curl and jq', hasProgram('curl') && hasProgram('jq'));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let storage: string;
let clients: string;
let github: CiIssuer;
let registry: Verdaccio;
let gate: GateProcess;

beforeAll(async () => {
  if (!hasTools) return;
  storage = temporaryFolder('generated');
  clients = clientFolder();
  github = await startCiIssuer('RS256');
  registry = await startVerdaccio({ storage });
  gate = await startGateProcess({
    npmUrl: registry.url,
    npmToken: await registry.token('publisher'),
    pypiUrl: null,
    ci: [bindingOf(github.url)],
    accounts: { alice: [{ issuer: github.url, id: ACCOUNTS.alice }] },
  });
});

afterAll(async () => {
  await gate?.stop();
  await Promise.all([github, registry].map((one) => one?.stop()));
  if (storage !== undefined) rmSync(storage, { recursive: true, force: true });
});

interface Generated {
  readonly repository: GitRepository;
  readonly release: Workflow;
  readonly published: Workflow;
}

/** A repository whose workflows were generated from the configuration of the gate. */
async function generate(version: string, of: GateProcess): Promise<Generated> {
  const repository = createRepository();
  const about = { name: NPM_NAME, version, license: 'Apache-2.0', main: 'index.js' };
  const lock = { ...about, lockfileVersion: 3, requires: true, packages: { '': about } };
  repository.commit({
    'package.json': JSON.stringify({
      ...about,
      scripts: { test: 'echo tested', prepack: 'exit 1' },
    }),
    'package-lock.json': JSON.stringify(lock),
    'index.js': 'module.exports = 1;\n',
    'sdk/pyproject.toml': `[project]\nname = "${PYPI_NAME}"\nversion = "${version}"\n`,
    'countersign.yaml': readFileSync(of.configFile, 'utf8'),
  });
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const run = await runCli(['init', '--workflow', 'github'], { cwd: repository.folder });
  expect(run).toMatchObject({ exit: 0, stderr: '' });
  const modules = join(repository.folder, '.github/countersign/node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(ROOT, join(modules, 'countersign'));
  symlinkSync('../countersign/bin/countersign.mjs', join(modules, '.bin/countersign'));
  const read = (name: string) =>
    workflowOf(readFileSync(join(repository.folder, '.github/workflows', name), 'utf8'));
  return { repository, release: read('release.yml'), published: read('published.yml') };
}

const pathOf = () => [clients, dirname(process.execPath), process.env['PATH']].join(delimiter);

const atTag = (tag: string, event = 'push') => ({
  PATH: pathOf(),
  GITHUB_REF: `refs/tags/${tag}`,
  GITHUB_REF_NAME: tag,
  GITHUB_REF_TYPE: 'tag',
  GITHUB_EVENT_NAME: event,
});

async function validate(
  { repository, release }: Generated,
  tag: string,
  { event = 'push', typed = ['', ''] }: { event?: string; typed?: readonly [string, string] } = {},
) {
  return runSteps(stepsOf(release, 'validate'), {
    cwd: repository.folder,
    env: atTag(tag, event),
    values: {
      'inputs.version': typed[0],
      'inputs.confirm': typed[1],
      'github.event.repository.default_branch': 'main',
    },
  });
}

/** Builds and hands the packed files over, into a folder that has nothing else. */
async function build({ repository, release }: Generated, version: string, python: boolean) {
  const { folder: cwd } = repository;
  const env = atTag(`v${version}`);
  const names = ['Install without scripts', 'Build and pack for npm'];
  const packed = await runSteps(stepsOf(release, 'build', names), { cwd, env });
  expect(packed.exit, packed.text).toBe(0);
  if (python) {
    const about = { name: PYPI_NAME, version, seed: 'generated' };
    for (const one of [sampleWheel(about), await sampleSdist(about)]) {
      writeFileSync(join(cwd, 'packed', one.file), one.bytes);
    }
  }
  const after = ['Scan what was packed', 'Record digests'];
  const recorded = await runSteps(stepsOf(release, 'build', after), { cwd, env });
  expect(recorded.exit, recorded.text).toBe(0);
  const folder = temporaryFolder('submit');
  cpSync(join(cwd, 'packed'), join(folder, 'packed'), { recursive: true });
  return { folder, digest: recorded.outputs['steps.digest.outputs.digest'] ?? '' };
}

function submit(
  { release }: Generated,
  version: string,
  from: { readonly folder: string; readonly digest: string },
  issuer: CiIssuer,
) {
  const tag = `v${version}`;
  return runSteps(stepsOf(release, 'submit'), {
    cwd: from.folder,
    env: { ...atTag(tag), ...issuer.githubJob(githubClaims(`refs/tags/${tag}`)) },
    values: {
      'needs.validate.outputs.version': version,
      'needs.build.outputs.digest': from.digest,
    },
  });
}

async function releaseOf(of: GateProcess, tag: string): Promise<ReleaseView> {
  const all = await (await of.client('carol')).releases({ project: 'aitbc' });
  const found = all.find((one) => one.tag === tag);
  if (found === undefined) throw new Error(`there is no release of ${tag}`);
  return found;
}

describe('the job that validates', () => {
  let generated: Generated;
  beforeAll(async () => {
    if (hasTools) generated = await generate('1.2.3', gate);
  });

  test.skipIf(!hasTools)(
    'lets a strict tag of a commit of the default branch through',
    async () => {
      const run = await validate(generated, 'v1.2.3');
      expect(run.exit, run.text).toBe(0);
      expect(run.outputs['steps.tag.outputs.version']).toBe('1.2.3');
      expect(run.text).toContain('tested');
    },
  );

  test.skipIf(!hasTools)('takes a dispatch with the version and the word', async () => {
    const options = { event: 'workflow_dispatch', typed: ['1.2.3', 'release'] as const };
    const run = await validate(generated, 'v1.2.3', options);
    expect(run.exit, run.text).toBe(0);
  });

  test.skipIf(!hasTools).each([
    ['a tag that is no version', 'v-test', 'push', ['', ''], 'no policy takes the tag v-test'],
    ['leading zeros', 'v01.2.3', 'push', ['', ''], 'is no strict version'],
    ['shell in a tag', 'v1.2.3$(id)', 'push', ['', ''], 'no policy takes the tag'],
    [
      'a version that no manifest has',
      'v1.2.4',
      'push',
      ['', ''],
      'expected version 1.2.4, found 1.2.3',
    ],
    ['another word', 'v1.2.3', 'workflow_dispatch', ['1.2.3', 'yes'], 'expected the word release'],
    ['no word', 'v1.2.3', 'workflow_dispatch', ['1.2.3', ''], 'expected the word release'],
    [
      'another version typed',
      'v1.2.3',
      'workflow_dispatch',
      ['1.2.4', 'release'],
      'not of the version typed',
    ],
  ] as const)('stops %s', async (_, tag, event, typed, said) => {
    const run = await validate(generated, tag, { event, typed });
    expect(run.exit).not.toBe(0);
    expect(run.text).toContain(said);
  });

  test.skipIf(!hasTools)('stops a commit that the default branch does not have', async () => {
    const { repository } = generated;
    const before = repository.git('rev-parse', 'HEAD');
    repository.commit({ 'index.js': 'module.exports = 2;\n' });
    const run = await validate(generated, 'v1.2.3');
    repository.git('reset', '--quiet', '--hard', before);
    expect(run.text).toContain('the tagged commit is not on the branch main');
    expect(run.exit).not.toBe(0);
  });
});

test.skipIf(!hasTools)(
  'a release goes from its tag to the registry, and what follows verifies the public bytes',
  async () => {
    const generated = await generate('2.0.0', gate);
    const from = await build(generated, '2.0.0', false);
    const run = await submit(generated, '2.0.0', from, github);
    expect(run.exit, run.text).toBe(0);
    const release = await releaseOf(gate, 'v2.0.0');
    expect(run.text).toContain(`submitted: release ${release.shortId}`);
    expect(release).toMatchObject({ opened: 'by-tag', requesters: ['alice'], missing: [] });
    await until(gate, release.id, 'awaiting-approval');

    const { folder } = generated.repository;
    const verifier = join(folder, '.github/countersign');
    writeFileSync(join(verifier, 'trust.json'), JSON.stringify(gate.trust));
    const token = await grantCredential(gate, 'follow');
    const follow = (id: string) => {
      for (const name of ['public', 'evidence.json']) {
        rmSync(join(folder, name), { recursive: true, force: true });
      }
      const names = ['Fetch the evidence', 'Get what the public gets', 'Verify'];
      return runSteps(stepsOf(generated.published, 'verify', names), {
        cwd: folder,
        env: { PATH: pathOf() },
        values: {
          'github.event.client_payload.release || inputs.release': id,
          'secrets.COUNTERSIGN_TOKEN': token,
        },
      });
    };
    const early = await follow(release.id);
    expect(early.exit, early.text).not.toBe(0);

    await approveKnowingly(gate, release.id, 'bob');
    await approveKnowingly(gate, release.id, 'carol');
    await until(gate, release.id, 'published');
    const followed = await follow(release.id);
    expect(followed.exit, followed.text).toBe(0);
    expect(followed.outputs['steps.verify.outputs.tag']).toBe('v2.0.0');
    const odd = await follow('1; id');
    expect(odd.text).toContain('that is no id of a release');
  },
);

test.skipIf(!hasTools)('the build ends where something packed holds a secret', async () => {
  const { repository, release } = await generate('1.5.0', gate);
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  mkdirSync(join(repository.folder, 'packed'));
  writeFileSync(join(repository.folder, 'packed/key.pem'), secret);
  const steps = stepsOf(release, 'build', ['Scan what was packed']);
  const run = await runSteps(steps, { cwd: repository.folder, env: { PATH: pathOf() } });
  expect(run.exit, run.text).toBe(1);
});

describe('the job that submits', () => {
  let both: GateProcess;
  beforeAll(async () => {
    if (!hasTools) return;
    // only to read from: nothing is published here
    both = await startGateProcess({
      npmUrl: registry.url,
      npmToken: await registry.token('publisher'),
      pypiUrl: registry.url,
      pypiPassword: 'countersign',
      ci: [bindingOf(github.url)],
      accounts: { alice: [{ issuer: github.url, id: ACCOUNTS.alice }] },
    });
  });
  afterAll(() => both?.stop());

  test.skipIf(!hasTools)('hands npm and Python packages over, with no stored secret', async () => {
    const generated = await generate('1.0.0', both);
    const from = await build(generated, '1.0.0', true);
    const run = await submit(generated, '1.0.0', from, github);
    expect(run.exit, run.text).toBe(0);
    const release = await releaseOf(both, 'v1.0.0');
    expect(release).toMatchObject({ opened: 'by-tag', requesters: ['alice'], missing: [] });
    expect(release.artifacts.map(({ file }) => file).sort()).toEqual([
      'aitbc-explorer-web-1.0.0.tgz',
      'aitbc_agent_sdk-1.0.0-py3-none-any.whl',
      'aitbc_agent_sdk-1.0.0.tar.gz',
    ]);
    expect(run.text).toContain(`submitted: release ${release.shortId}`);
    expect(run.text).not.toMatch(/csu_(?!\.)[A-Za-z0-9_-]{43}(?!\n)/);
  });

  test.skipIf(!hasTools).each([
    [
      'changed',
      (folder: string) => appendFileSync(join(folder, 'aitbc-explorer-web-1.0.1.tgz'), 'x'),
    ],
    ['added', (folder: string) => writeFileSync(join(folder, 'other-1.0.1.tgz'), 'x')],
    ['left out', (folder: string) => rmSync(join(folder, 'aitbc-explorer-web-1.0.1.tgz'))],
    ['recorded again', (folder: string) => writeFileSync(join(folder, 'SHA256SUMS'), '')],
  ])('stops where a file was %s after the build', async (_, change) => {
    const generated = await generate('1.0.1', both);
    const from = await build(generated, '1.0.1', true);
    change(join(from.folder, 'packed'));
    const run = await submit(generated, '1.0.1', from, github);
    expect(run.exit, run.text).not.toBe(0);
    await expect(releaseOf(both, 'v1.0.1')).rejects.toThrow('there is no release');
  });

  test.skipIf(!hasTools)('stops where the gateway does not take the run', async () => {
    const generated = await generate('1.0.2', both);
    const from = await build(generated, '1.0.2', true);
    const claims = githubClaims('refs/tags/v1.0.2', { event_name: 'pull_request' });
    const steps = stepsOf(generated.release, 'submit', ['Submit to the gateway for Python']);
    const run = await runSteps(steps, {
      cwd: from.folder,
      env: { ...atTag('v1.0.2'), ...github.githubJob(claims) },
    });
    expect(run.exit, run.text).not.toBe(0);
    await expect(releaseOf(both, 'v1.0.2')).rejects.toThrow('there is no release');
  });
});
