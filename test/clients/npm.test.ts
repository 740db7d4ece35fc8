/** Real npm 10, 11 and 12 against a real gate: what they send, and what they print. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NPM_NAME } from '../founding.ts';
import { approve, openRelease, until } from '../gate-fixture.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { type ClientRun, openPage, runClient } from './transcript.ts';

const MAJORS = [10, 11, 12] as const;
const page = openPage('npm');

let folders: string;
let registry: Verdaccio;
let gate: GateProcess;

beforeAll(async () => {
  folders = mkdtempSync(join(tmpdir(), 'countersign-npm-'));
  registry = await startVerdaccio({ storage: join(folders, 'verdaccio') });
  gate = await startGateProcess({
    npmUrl: registry.url,
    npmToken: await registry.token('publisher'),
    pypiUrl: null,
    extraPolicies: {
      prerelease: {
        tag: 'v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+',
        approvals: { minimum: 2 },
        source: 'asserted',
      },
    },
  });
});

afterAll(async () => {
  await gate?.stop();
  await registry?.stop();
  rmSync(folders, { recursive: true, force: true });
});

interface Project {
  readonly version: string;
  readonly token: string;
  readonly name?: string;
  readonly index?: string;
}

/** A package folder with its own .npmrc; the token stands under the registry's path only. */
function projectFolder({ version, token, name = NPM_NAME, index = '1' }: Project): string {
  const folder = mkdtempSync(join(folders, 'project-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }));
  writeFileSync(join(folder, 'index.js'), `module.exports = ${index};\n`);
  const registryUrl = `${gate.origin}/npm/`;
  const lines = [
    `registry=${registryUrl}`,
    `${registryUrl.slice('http:'.length)}:_authToken=${token}`,
    'update-notifier=false',
    'fetch-retries=0',
  ];
  writeFileSync(join(folder, '.npmrc'), `${lines.join('\n')}\n`);
  page.replace(folder, '.');
  return folder;
}

/** Of the client itself, as its package says. */
function versionOf(major: number): string {
  const file = new URL(`../../node_modules/npm${major}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

function npm(major: number, folder: string, ...args: string[]): Promise<ClientRun> {
  const cli = fileURLToPath(
    new URL(`../../node_modules/npm${major}/bin/npm-cli.js`, import.meta.url),
  );
  return runClient(process.execPath, [cli, ...args], folder);
}

async function open(tag: string, policy = 'strict', distTag: string | null = null) {
  const { release, upload } = await openRelease(gate, { tag, policy, distTag });
  page.replace(upload.token, 'csu_...');
  page.replace(release.shortId, 'REL');
  return { release, token: upload.token };
}

describe.each(MAJORS)('npm %i', (major) => {
  const client = `npm ${major}`;
  const version = `1.${major}.0`;
  /** Runs `npm ...` and puts it on the page. */
  const shown = async (heading: string, project: Project, ...args: string[]) => {
    const run = await npm(major, projectFolder(project), ...args);
    page.add(client, heading, `npm ${args.join(' ')}`, run);
    return run;
  };

  test('publishes, and each refusal says what to do', async () => {
    const { release, token } = await open(`v${version}`);
    const good = { version, token };

    const stranger = await shown(
      'A package that the release does not declare',
      { ...good, name: '@aitbc/other' },
      'publish',
    );
    expect(stranger.exit).toBe(1);
    expect(stranger.flat).toContain(`expects 1 tarball of ${NPM_NAME}`);
    expect(stranger.flat).toContain(`found tarball aitbc-other-${version}.tgz`);

    const other = await shown(
      "Another version than the tag's",
      { ...good, version: '9.9.9' },
      'publish',
    );
    expect(other.exit).toBe(1);
    expect(other.flat).toContain(`expected version ${version} of ${NPM_NAME}, found 9.9.9`);

    const held = await shown('The declared package', good, 'publish');
    expect(held.exit).toBe(0);
    expect(held.text).toContain(
      `npm notice held for approval: release ${release.shortId} is complete`,
    );
    expect(held.text).toContain(`countersign approve ${release.shortId}`);
    expect(held.text).toContain(`+ ${NPM_NAME}@${version}`);
    const waiting = await until(gate, release.id, 'awaiting-approval', 'rejected');
    expect(waiting).toMatchObject({ state: 'awaiting-approval', verdict: 'pass' });
    expect(waiting.artifacts).toHaveLength(1);

    const again = await shown('The same bytes again', good, 'publish');
    expect(again.exit).toBe(0);
    expect(again.text).toContain(`npm notice held already: release ${release.shortId}`);

    const changed = await shown('Other bytes of the same file', { ...good, index: '2' }, 'publish');
    expect(changed.exit).toBe(1);
    expect(changed.flat).toContain('different file staged: ');
    expect(changed.flat).toContain(`is held with sha256 ${waiting.artifacts[0]?.sha256}`);
    expect(changed.flat).toContain('cancel the release and open it again to replace bytes');
    const { events } = await until(gate, release.id, 'awaiting-approval');
    expect(events.filter((one) => one.event === 'refuse-upload')).toHaveLength(3);

    await approve(gate, release.id, 'bob');
    await approve(gate, release.id, 'carol');
    await until(gate, release.id, 'published');
    const late = await shown('A version that is public by now', good, 'publish');
    expect(late.exit).toBe(0);
    expect(late.text).toContain(`countersign release status ${release.shortId}`);
  });

  test('says that a token is unknown, expired or missing', async () => {
    const { release, token } = await open(`v${version.replace(/0$/, '1')}`);
    const good = { version: version.replace(/0$/, '1'), token };
    const wrong = ['csu', 'not', 'one'].join('_');
    page.replace(wrong, 'csu_...');
    const unknown = await shown('A token that is not one', { ...good, token: wrong }, 'publish');
    expect(unknown.exit).toBe(1);
    expect(unknown.flat).toContain('E401');
    expect(unknown.flat).toContain('token is not one of this gateway');
    expect(unknown.flat).toContain('release open prints the upload credential');

    await (await gate.client('alice')).cancel(release.id, 'not this one');
    const ended = await shown('The token of a release that ended', good, 'publish');
    expect(ended.exit).toBe(1);
    expect(ended.flat).toMatch(/cancelled|ended|expired|revoked/);
  });

  test('asks ping, whoami and view', async () => {
    const { token, release } = await open(`v${version.replace(/0$/, '2')}`);
    const folder = projectFolder({ version: version.replace(/0$/, '2'), token });
    expect(await npm(major, folder, 'ping')).toMatchObject({ exit: 0 });
    const whoami = await npm(major, folder, 'whoami');
    expect(whoami).toMatchObject({ exit: 0, text: `release-${release.shortId}\n` });
    expect((await npm(major, folder, 'publish')).exit).toBe(0);
    // the credential of the release sees what it holds, nobody else does
    const view = await npm(major, folder, 'view', NPM_NAME, 'version');
    expect(view).toMatchObject({ exit: 0, text: `${version.replace(/0$/, '2')}\n` });
  });

  test('is told the command for what is never proxied', async () => {
    const { token } = await open(`v${version.replace(/0$/, '3')}`);
    const project = { version: version.replace(/0$/, '3'), token };
    expect((await npm(major, projectFolder(project), 'publish')).exit).toBe(0);
    const spec = `${NPM_NAME}@${project.version}`;
    const calls = [
      [
        'Moving a dist-tag',
        ['dist-tag', 'add', spec, 'beta'],
        'countersign release open --dist-tag',
      ],
      ['Deprecating', ['deprecate', spec, 'old'], 'countersign rollback'],
      ['Unpublishing', ['unpublish', spec, '--force'], 'countersign rollback'],
      ['Adding an owner', ['owner', 'add', 'carol', NPM_NAME], 'countersign'],
    ] as const;
    for (const [heading, args, command] of calls) {
      const run = await shown(heading, project, ...args);
      expect(run.exit, heading).toBe(1);
      expect(run.flat, heading).toContain(command);
    }
  });

  test('brings a prerelease to its dist-tag, and a release without one is told the command', async () => {
    const prerelease = `1.${major}.9-rc.1`;
    const without = await open(`v${prerelease}`, 'prerelease');
    const project = { version: prerelease, token: without.token };
    const plain = await shown('A prerelease without a dist-tag', project, 'publish');
    if (major === 10) {
      expect(plain.exit).toBe(0);
    } else {
      expect(plain.exit).toBe(1);
      expect(plain.flat).toContain('You must specify a tag using --tag');
      expect((await npm(major, projectFolder(project), 'publish', '--tag', 'next')).exit).toBe(0);
    }
    const judged = await until(gate, without.release.id, 'rejected', 'awaiting-approval');
    if (major === 10) {
      expect(judged.state).toBe('rejected');
      const { findings } = await (await gate.client('bob')).report(without.release.id);
      expect(findings.map((one) => one.message).join('\n')).toContain('--dist-tag next');
    } else {
      expect(judged.state).toBe('awaiting-approval');
      await (await gate.client('alice')).cancel(without.release.id, 'another one follows');
    }

    const next = await open(`v${prerelease}`, 'prerelease', 'next');
    const tagged = await shown(
      'A prerelease of a release with a dist-tag',
      { ...project, token: next.token },
      ...['publish', '--tag', 'next'],
    );
    expect(tagged.exit).toBe(0);
    const waiting = await until(gate, next.release.id, 'rejected', 'awaiting-approval');
    expect(waiting).toMatchObject({ state: 'awaiting-approval', distTag: 'next' });
  });

  test('prints what docs/clients/npm.md says', () => {
    page.check(client, versionOf(major));
  });
});
