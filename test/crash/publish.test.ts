/**
 * The publisher is killed at every point that a registry can tell from another one: before and
 * after each write, and before the reads between them. It must end as if nothing had happened.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseView } from '../../src/gateway/gateway.ts';
import { approveKnowingly } from '../acknowledge.ts';
import { npmCall, pypiCall, sendUpload } from '../clients/upload-http.ts';
import { sampleNpmTarball, sampleSdist, sampleWheel } from '../contract/sample-packages.ts';
import { NPM_NAME, PYPI_NAME } from '../founding.ts';
import { openRelease, until } from '../gate-fixture.ts';
import {
  type CountingProxy,
  type SeenRequest,
  startCountingProxy,
} from '../servers/counting-proxy.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { hasPypiserver, startPypiserver } from '../servers/pypiserver.ts';
import type { RunningServer } from '../servers/server-process.ts';
import { startVerdaccio } from '../servers/verdaccio.ts';
import { requireTool } from '../tools.ts';
import { expectProven, expectSoundLedger } from './ledger-check.ts';

const withPython = requireTool('pypiserver', hasPypiserver());

let folders: string;
const servers: RunningServer[] = [];
const proxies: CountingProxy[] = [];
let gate: GateProcess;
let patch = 0;

beforeAll(async () => {
  folders = mkdtempSync(join(tmpdir(), 'countersign-crash-'));
  const verdaccio = await startVerdaccio({ storage: join(folders, 'npm') });
  servers.push(verdaccio);
  const npm = await startCountingProxy(verdaccio.url);
  proxies.push(npm);
  const password = randomBytes(12).toString('hex');
  let pypi: CountingProxy | null = null;
  if (withPython) {
    const pypiserver = await startPypiserver({
      packagesFolder: join(folders, 'pypi'),
      username: '__token__',
      password,
    });
    servers.push(pypiserver);
    pypi = await startCountingProxy(pypiserver.url);
    proxies.push(pypi);
  }
  gate = await startGateProcess({
    npmUrl: npm.url,
    npmToken: await verdaccio.token('publisher'),
    pypiUrl: pypi?.url ?? null,
    pypiPassword: password,
  });
});

afterAll(async () => {
  await gate?.stop();
  await Promise.all(proxies.map((one) => one.stop()));
  await Promise.all(servers.map((one) => one.stop()));
  rmSync(folders, { recursive: true, force: true });
});

/** A release of all packages that waits for its second signature. */
async function prepare(): Promise<ReleaseView> {
  patch += 1;
  const version = `1.0.${patch}`;
  const { release, upload } = await openRelease(gate, { tag: `v${version}` });
  const python = { name: PYPI_NAME, version, seed: 'crash' };
  const calls = [
    await npmCall(await sampleNpmTarball({ ...python, name: NPM_NAME }), upload.token),
    ...(withPython
      ? [
          await pypiCall(sampleWheel(python), upload.token),
          await pypiCall(await sampleSdist(python), upload.token),
        ]
      : []),
  ];
  for (const call of calls) {
    const { status, text } = await sendUpload(gate.origin, call);
    expect(status, text).toBeLessThan(300);
  }
  await until(gate, release.id, 'awaiting-approval');
  return approveKnowingly(gate, release.id, 'bob');
}

function isWrite({ method }: SeenRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Each file went up once, the tags are where they belong, and the records are whole. */
async function expectPublishedOnce(release: ReleaseView, since: readonly number[]): Promise<void> {
  const taken = proxies.flatMap(({ seen }, index) =>
    seen
      .slice(since[index])
      .filter((one) => isWrite(one) && one.status !== null && one.status < 300)
      .map(({ method, path }) => `${method} ${path.split('?')[0]}`),
  );
  const name = NPM_NAME.replace('/', '%2f');
  expect(taken.filter((one) => one === `PUT /${name}`)).toHaveLength(1);
  if (withPython) {
    expect(taken.filter((one) => one.startsWith('POST /'))).toHaveLength(2);
    const files = readdirSync(join(folders, 'pypi')).filter((one) =>
      one.includes(`-${release.version}`),
    );
    expect(files).toHaveLength(2);
  }
  const tags = await fetch(new URL(`-/package/${name}/dist-tags`, servers[0]?.url), {
    headers: { accept: 'application/json' },
  });
  if (tags.ok) expect(await tags.json()).toEqual({ latest: release.version });
  const packument = await fetch(new URL(name, servers[0]?.url));
  expect(await packument.json()).toMatchObject({ 'dist-tags': { latest: release.version } });
  const view = await (await gate.client('carol')).release(release.id);
  expect(view.effects.map((one) => one.state)).toEqual(view.effects.map(() => 'done'));
  const events = view.events.map((one) => one.event);
  expect(events.filter((one) => one === 'use-credential')).toHaveLength(1);
  expect(events.filter((one) => one === 'confirm')).toHaveLength(1);
  await expectProven(gate, release.id);
}

interface KillPoint {
  readonly when: string;
  readonly moment: 'before' | 'after';
  readonly request: RegExp;
  /** Counted from 1. */
  readonly occurrence?: number;
  readonly python?: boolean;
}

const PACKUMENT = /^GET \/@aitbc%2fexplorer-web$/;
const TARBALL_UPLOAD = /^PUT \/@aitbc%2fexplorer-web$/;
const FILE_UPLOAD = /^POST \/$/;
const MOVE_TAG = /^PUT \/-\/package\/.*\/dist-tags\/latest$/;
const REMOVE_TAG = /^DELETE \/-\/package\/.*\/dist-tags\//;

const KILL_POINTS: readonly KillPoint[] = [
  { when: 'before it asked anything', moment: 'before', request: PACKUMENT },
  {
    when: 'when the ledger says that the credential is used',
    moment: 'before',
    request: PACKUMENT,
    occurrence: 2,
  },
  {
    when: 'when the upload is intended and the credential open',
    moment: 'before',
    request: PACKUMENT,
    occurrence: 3,
  },
  { when: 'before the registry has the tarball', moment: 'before', request: TARBALL_UPLOAD },
  { when: 'when the registry has it and did not say so', moment: 'after', request: TARBALL_UPLOAD },
  {
    when: 'before it saw the tarball',
    moment: 'before',
    request: PACKUMENT,
    occurrence: 4,
  },
  {
    when: 'when the first effect is done and the second not begun',
    moment: 'before',
    request: /^GET \/simple\//,
    occurrence: 3,
    python: true,
  },
  { when: 'before the wheel is up', moment: 'before', request: FILE_UPLOAD, python: true },
  {
    when: 'when only the registry has the wheel',
    moment: 'after',
    request: FILE_UPLOAD,
    python: true,
  },
  {
    when: 'when only the registry has the sdist',
    moment: 'after',
    request: FILE_UPLOAD,
    occurrence: 2,
    python: true,
  },
  { when: 'before the tag moved', moment: 'before', request: MOVE_TAG },
  { when: 'when only the registry knows of the tag', moment: 'after', request: MOVE_TAG },
  { when: 'before the staging tag is gone', moment: 'before', request: REMOVE_TAG },
  { when: 'when only the registry knows that it is gone', moment: 'after', request: REMOVE_TAG },
  { when: 'while it reads the public tarball', moment: 'before', request: /^GET .*\.tgz$/ },
  {
    when: 'while it reads the public sdist',
    moment: 'before',
    request: /^GET \/packages\/.*\.tar\.gz$/,
    python: true,
  },
];

/** Publishes once, with the publisher killed at that request. */
async function publishKilledAt(point: KillPoint): Promise<void> {
  const release = await prepare();
  const since = proxies.map(({ seen }) => seen.length);
  let count = 0;
  let killed = false;
  for (const proxy of proxies) {
    proxy.intercept(async ({ method, path }, moment) => {
      if (killed) return 'cut';
      if (moment !== point.moment || !point.request.test(`${method} ${path}`)) return 'pass';
      count += 1;
      if (count !== (point.occurrence ?? 1)) return 'pass';
      killed = true;
      await gate.publisher.kill();
      return 'cut';
    });
  }
  await approveKnowingly(gate, release.id, 'carol');
  const carol = await gate.client('carol');
  while (!killed) {
    const { state } = await carol.release(release.id);
    expect(state, 'the request to be killed at never came').not.toBe('published');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const proxy of proxies) proxy.intercept(null);
  const { state } = await carol.release(release.id);
  expect(['approved', 'publishing', 'confirming']).toContain(state);
  await gate.publisher.start();
  await until(gate, release.id, 'published', 'failed', 'partially-published', 'cancelled');
  await expectPublishedOnce(release, since);
}

describe('a publisher that is killed', () => {
  test.each(KILL_POINTS.filter((one) => withPython || one.python !== true))(
    '$when publishes everything, and nothing twice',
    async (point) => {
      await publishKilledAt(point);
    },
  );

  test('leaves a ledger that is whole', async () => {
    await expectSoundLedger(gate);
  });
});
