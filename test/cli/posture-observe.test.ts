import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PostureReport } from '../../src/posture/report.ts';
import { GITHUB_ANSWERS } from '../../src/settings/sample-github.ts';
import { runCli } from '../cli-fixture.ts';
import { startAnswering } from '../contract/ecosystem-world.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const token = ['ghs', 'sample', 'not', 'real'].join('_');
const COMMIT = 'b4ffde65f46336ab88eb53be808477a3936bae11';
const WORKFLOW = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  out:
    runs-on: ubuntu-latest
    environment: docs
    permissions:
      id-token: write
    steps:
      - uses: actions/checkout@${COMMIT}
      - run: uv publish dist/aitbc_agent_sdk-1.0.0-py3-none-any.whl
`;
const ACTION = {
  '/repos/actions/checkout': { default_branch: 'main' },
  '/repos/actions/checkout/tags': [],
  '/repos/actions/checkout/branches': [],
};
const COMPARED = `/repos/actions/checkout/compare/main...${COMMIT}`;
const INDEX = {
  '/pypi/aitbc-agent-sdk/json': {
    info: { version: '1.0.0' },
    urls: [],
    ownership: { organization: null, roles: [{ role: 'Owner', user: 'alice' }] },
  },
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function observing(answers: Readonly<Record<string, unknown>>, ...argv: string[]) {
  const server = await startAnswering(({ url }) => {
    const known = answers[url.split('?')[0] ?? ''];
    if (known === 401) return { status: 401, body: '{"message":"Bad credentials"}' };
    return known === undefined
      ? { status: 404, body: '{"message":"Not Found"}' }
      : { status: 200, body: JSON.stringify(known) };
  });
  stops.push(server.stop);
  const root = temporaryFolder('observe');
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  writeFileSync(join(root, '.github/workflows/release.yml'), WORKFLOW);
  writeFileSync(join(root, 'pyproject.toml'), '[project]\nname = "aitbc-agent-sdk"\n');
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  execFileSync('git', ['add', '--all'], { cwd: root });
  const env = {
    PATH: process.env['PATH'],
    GITHUB_API_URL: server.url,
    GITHUB_TOKEN: token,
    COUNTERSIGN_PYPI_INDEX: `${server.url}simple/`,
  };
  const args = ['posture', '--observe', '--repository', 'alice/aitbc', ...argv];
  return { ...(await runCli(args, { cwd: root, env })), seen: server.seen };
}

describe('countersign posture --observe', () => {
  it('tells what forge and registry show, at the job that it is about', async () => {
    const { exit, stdout, stderr } = await observing({ ...GITHUB_ANSWERS, ...INDEX });
    expect(exit).toBe(1);
    expect(stdout).toContain(
      'release.yml:7:5: critical environment-unprotected: environment "docs"',
    );
    expect(stdout).toContain(
      'settings: high ruleset-bypassed: app release-bot may merge into main',
    );
    expect(stdout).toContain('who and what could publish without the gateway:');
    expect(stdout).toContain('    account alice');
    expect(stdout + stderr).not.toContain(token);
  });

  it('holds accounts against the team, and lists them as JSON', async () => {
    const run = async (...argv: string[]) => {
      const { stdout } = await observing({ ...GITHUB_ANSWERS, ...INDEX }, '--json', ...argv);
      return JSON.parse(stdout) as PostureReport;
    };
    const rosterOf = (report: PostureReport) =>
      report.findings.filter((one) => one.rule === 'registry-roster').map((one) => one.evidence);
    const nobody = await run();
    expect(rosterOf(nobody)).toEqual(['unverified']);
    expect(nobody.waysAround[0]?.ways).toContainEqual({ kind: 'account', name: 'alice', how: '' });
    expect(rosterOf(await run('--team', 'bob'))).toEqual(['observed']);
    expect(rosterOf(await run('--team', 'bob, alice'))).toEqual([]);
  });

  it('sends the token to the forge alone, and only reads', async () => {
    const { seen } = await observing({ ...GITHUB_ANSWERS, ...INDEX });
    expect(seen.every((one) => one.url.startsWith('GET '))).toBe(true);
    const carrying = (path: string) =>
      seen.filter((one) => one.url.includes(path)).map((one) => one.authorization);
    expect(new Set(carrying('/repos/'))).toEqual(new Set([`Bearer ${token}`]));
    expect(new Set(carrying('/pypi/'))).toEqual(new Set(['']));
  });

  it.each([
    ['behind', 0],
    ['diverged', 1],
  ])('asks whose commit an action is pinned to: one that is %s', async (status, count) => {
    const answers = { ...GITHUB_ANSWERS, ...INDEX, ...ACTION, [COMPARED]: { status } };
    const { stdout } = await observing(answers, '--json');
    const { findings } = JSON.parse(stdout) as PostureReport;
    const found = findings.filter((one) => one.rule === 'pin-impostor');
    expect(found.map(({ line, evidence }) => [line, evidence])).toEqual(
      Array.from({ length: count }, () => [11, 'observed']),
    );
  });

  it('ends with an error for a token that the forge does not take', async () => {
    const { exit, stdout, stderr } = await observing({ '/repos/alice/aitbc': 401 });
    expect(exit).toBe(1);
    expect(stderr).toContain('error[unauthenticated]');
    expect(stderr).toContain('does not take the token: Bad credentials');
    expect(stdout + stderr).not.toContain(token);
  });

  it('says what could not be seen where nothing is shown, and does not count it as met', async () => {
    const { stdout } = await observing({});
    expect(stdout).toContain(
      'release-tag-unprotected: rulesets over tags could not be seen: not found',
    );
    const [, all, seen] = /^Overall +\S+ +(\d+); (\d+) of what could be seen$/m.exec(stdout) ?? [];
    expect(Number(all)).toBeLessThan(Number(seen) - 10);
    expect(stdout).toMatch(/[1-9][0-9]* that nobody could see/);
  });
});
