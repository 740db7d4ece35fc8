/**
 * Writes docs/clients/npm.md and docs/clients/python.md: what real clients print when the gateway
 * takes or refuses what they upload. `node test/clients/programs/transcripts.ts`, with
 * COUNTERSIGN_TWINE and COUNTERSIGN_UV where those are not on the PATH. Ports, folders, tokens
 * and short ids are replaced, digests are cut short, npm's advice is left out, nothing else.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { createHttpServer } from '../../../src/http/server.ts';
import { sampleSdist, sampleWheel } from '../../contract/sample-packages.ts';
import { NPM_NAME, PYPI_NAME } from '../../founding.ts';
import { openRelease, startGate } from '../../gate-fixture.ts';
import { hasPypiserver, startPypiserver } from '../../servers/pypiserver.ts';
import { startVerdaccio } from '../../servers/verdaccio.ts';
import { hasProgram } from '../../tools.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const VERSION = '1.2.3';

interface Transcript {
  readonly command: string;
  readonly output: string;
  readonly exit: number;
}

/** Runs a client in a home of its own. `shown` is the command line without folders. */
function run(
  shown: string,
  [program = '', ...args]: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Transcript> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      {
        cwd: folder,
        // npm would pack a home inside the package's folder
        env: {
          PATH: process.env['PATH'],
          HOME: home,
          NO_COLOR: '1',
          TERM: 'dumb',
          COLUMNS: '140',
          ...env,
        },
        timeout: 120_000,
      },
      (error, stdout, stderr) =>
        resolve({
          command: shown,
          output: tidy(`${stderr}${stdout}`, folder),
          exit: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1,
        }),
    );
  });
}

const folders = mkdtempSync(join(tmpdir(), 'countersign-transcripts-'));
const home = join(folders, 'home');
mkdirSync(home);
const replaced = new Map<string, string>();

function tidy(output: string, folder: string): string {
  let text = output.replaceAll(folder, '.');
  for (const [secret, name] of replaced) text = text.replaceAll(secret, name);
  return stripVTControlCharacters(text)
    .replace(/\b[0-9a-f]{64}\b/g, (digest) => `${digest.slice(0, 8)}...`)
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:8787')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => !/npm (?:notice|warn)|complete log of this run|\.npm\/_logs|^$/.test(line))
    .filter((line) => !/━|\d+% |kB\/s/.test(line))
    .join('\n')
    .trim();
}

function block(transcript: Transcript): string {
  const { command, output, exit } = transcript;
  return `\`\`\`console\n$ ${command}\n${output === '' ? '' : `${output}\n`}\`\`\`\n\nExit code ${exit}.\n`;
}

const npmUpstream = await startVerdaccio({ storage: join(folders, 'verdaccio') });
const password = Math.random().toString(36).slice(2);
const withPython = hasPypiserver();
const pypiUpstream = withPython
  ? await startPypiserver({
      packagesFolder: join(folders, 'pypi'),
      username: '__token__',
      password,
    })
  : null;
const gate = await startGate({
  npmUrl: npmUpstream.url,
  npmToken: await npmUpstream.token('publisher'),
  pypiUrl: pypiUpstream?.url ?? null,
  pypiPassword: password,
});
const server = createHttpServer({ gateway: gate.gateway, log: gate.deps.log });
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A fresh release of 1.2.N, so that each client starts with nothing held. */
let patch = 3;
async function freshRelease(): Promise<{ readonly version: string; readonly token: string }> {
  const version = patch === 3 ? VERSION : `1.2.${patch}`;
  patch += 1;
  const { release, upload } = await openRelease(gate, { tag: `v${version}` });
  replaced.set(upload.token, 'csu_...');
  replaced.set(release.shortId, 'REL');
  return { version, token: upload.token };
}

function npmFolder(options: {
  readonly version: string;
  readonly token: string;
  readonly name?: string;
  readonly index?: string;
}): string {
  const folder = mkdtempSync(join(folders, 'npm-'));
  const { name = NPM_NAME, version, index = 'module.exports = 1;\n' } = options;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }));
  writeFileSync(join(folder, 'index.js'), index);
  const at = address.slice('http:'.length);
  writeFileSync(
    join(folder, '.npmrc'),
    `registry=${address}/npm/\n${at}/npm/:_authToken=${options.token}\nupdate-notifier=false\n`,
  );
  return folder;
}

async function npmPage(): Promise<string> {
  const parts: string[] = [];
  for (const major of [10, 11, 12]) {
    const cli = join(ROOT, `node_modules/npm${major}/bin/npm-cli.js`);
    const npm = (shown: string, folder: string, ...args: string[]) =>
      run(shown, [process.execPath, cli, ...args], folder);
    const { version, token } = await freshRelease();
    const good = { version, token };
    const publish = (options: Parameters<typeof npmFolder>[0]) =>
      npm('npm publish', npmFolder(options), 'publish');
    // refusals first: the release is sealed where this is the only package
    const undeclared = await publish({ ...good, name: '@aitbc/other' });
    const otherVersion = await publish({ ...good, version: '9.9.9' });
    const held = await publish(good);
    parts.push(
      `## npm ${major}\n`,
      `### A declared package\n\n${block(held)}`,
      `### The same bytes again\n\n${block(await publish(good))}`,
      `### Other bytes of the same file\n\n${block(await publish({ ...good, index: 'module.exports = 2;\n' }))}`,
      `### A package that the release does not declare\n\n${block(undeclared)}`,
      `### Another version than the tag's\n\n${block(otherVersion)}`,
      `### A token that is not one\n\n${block(await publish({ ...good, token: 'csu_wrong' }))}`,
      `### What is never proxied\n\n${block(await npm(`npm owner add carol ${NPM_NAME}`, npmFolder(good), 'owner', 'add', 'carol', NPM_NAME))}`,
    );
  }
  return page('npm', parts);
}

async function pythonFile(
  options: { readonly name: string; readonly version: string; readonly seed: string },
  kind: 'wheel' | 'sdist' | 'torn',
): Promise<string> {
  const folder = mkdtempSync(join(folders, 'python-'));
  const made = kind === 'sdist' ? await sampleSdist(options) : sampleWheel(options);
  mkdirSync(join(folder, 'dist'));
  const bytes = kind === 'torn' ? made.bytes.subarray(0, 100) : made.bytes;
  writeFileSync(join(folder, 'dist', made.file), bytes);
  return folder;
}

async function pythonPage(): Promise<string> {
  const parts: string[] = [];
  const twine = process.env['COUNTERSIGN_TWINE'] ?? 'twine';
  const uv = process.env['COUNTERSIGN_UV'] ?? 'uv';
  const url = `${address}/pypi/legacy/`;
  const shownUrl = 'http://127.0.0.1:8787/pypi/legacy/';
  const clients = [
    {
      name: 'twine',
      program: twine,
      shown: `twine upload --repository-url ${shownUrl} dist/*`,
      args: (file: string, token: string) => [
        ...['upload', '--non-interactive', '--disable-progress-bar', '--repository-url', url],
        ...['-u', '__token__', '-p', token, file],
      ],
    },
    {
      name: 'uv',
      program: uv,
      shown: `uv publish --publish-url ${shownUrl} dist/*`,
      args: (file: string, token: string) => [
        ...['publish', '--publish-url', url, '--username', '__token__', '--password', token],
        ...['--no-progress', '--no-config', file],
      ],
    },
  ].filter((client) => hasProgram(client.program));
  for (const client of clients) {
    const { version, token } = await freshRelease();
    const upload = async (folder: string, credential = token) =>
      block(
        await run(
          client.shown,
          [client.program, ...client.args('dist/*', credential)].flatMap((one) =>
            one === 'dist/*' ? [`dist/${fileOf(folder)}`] : [one],
          ),
          folder,
          { UV_KEYRING_PROVIDER: 'disabled' },
        ),
      );
    const ours = { name: PYPI_NAME, version, seed: 'one' };
    parts.push(
      `## ${client.name}\n`,
      `### A declared wheel\n\n${await upload(await pythonFile(ours, 'wheel'))}`,
      `### The same bytes again\n\n${await upload(await pythonFile(ours, 'wheel'))}`,
      `### Other bytes of the same file\n\n${await upload(await pythonFile({ ...ours, seed: 'two' }, 'wheel'))}`,
      `### A package that the release does not declare\n\n${await upload(await pythonFile({ ...ours, name: 'aitbc-other' }, 'sdist'))}`,
      `### Another version than the tag's\n\n${await upload(await pythonFile({ ...ours, version: '9.9.9' }, 'sdist'))}`,
      `### A token that is not one\n\n${await upload(await pythonFile(ours, 'sdist'), 'csu_wrong')}`,
    );
    if (client.name === 'uv') {
      parts.push(`### A torn file\n\n${await upload(await pythonFile(ours, 'torn'))}`);
    }
  }
  return page('twine and uv', parts);
}

function fileOf(folder: string): string {
  return readdirSync(join(folder, 'dist'))[0] ?? '';
}

function page(title: string, parts: readonly string[]): string {
  return [
    `# What is shown: ${title}\n`,
    'Written by `test/clients/programs/transcripts.ts` from real clients against a real gateway on loopback. Ports, folders, tokens and',
    'short ids are replaced, digests are cut short, and the advice of npm about newer versions is left out.\n',
    ...parts,
  ].join('\n');
}

try {
  writeFileSync(join(ROOT, 'docs/clients/npm.md'), await npmPage());
  if (withPython) writeFileSync(join(ROOT, 'docs/clients/python.md'), await pythonPage());
} finally {
  server.close();
  server.closeAllConnections();
  await gate.stop();
  await npmUpstream.stop();
  await pypiUpstream?.stop();
  rmSync(folders, { recursive: true, force: true });
}
