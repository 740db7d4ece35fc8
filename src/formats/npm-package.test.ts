import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Member, makeTarGz } from '../../testdata/archives.ts';
import { isCountersignError } from '../core/errors.ts';
import { readArchive } from './archive.ts';
import type { JsonObject } from './canonical.ts';
import { canonicalDependency } from './npm-dependency.ts';
import { compareNpmManifest, deriveNpmManifest } from './npm-manifest.ts';
import { type NpmPackage, parseNpmPackageJson, readNpmPackage } from './npm-package.ts';
import { type NpmPublishBody, readNpmPublishBody } from './npm-publish-body.ts';

const BASE = { name: '@acme/web', version: '1.0.0' };

async function packed(packageJson: object, ...others: Member[]): Promise<NpmPackage> {
  const content = JSON.stringify(packageJson);
  return readNpmPackage(
    readArchive(await makeTarGz([{ path: 'package/package.json', content }, ...others])),
  );
}

async function derive(packageJson: object, ...others: Member[]): Promise<JsonObject> {
  return deriveNpmManifest(await packed({ ...BASE, ...packageJson }, ...others));
}

describe('an npm tarball', () => {
  it('is read with its files and its readme, whatever its folder is called', async () => {
    const bytes = await makeTarGz([
      { path: 'web/README', content: 'plain' },
      { path: 'web/readme.md', content: '# web' },
      { path: 'web/package.json', content: `\ufeff${JSON.stringify(BASE)}` },
      { path: 'web/lib/package.json', content: 'not ours' },
    ]);
    expect(await readNpmPackage(readArchive(bytes))).toEqual({
      packageJson: { ...BASE, fields: BASE },
      folder: 'web',
      files: ['README', 'lib/package.json', 'package.json', 'readme.md'],
      readme: { fileName: 'readme.md', text: '# web' },
    });
  });

  it.each<[string, Member[], string]>([
    ['no package.json', [{ path: 'package/a', content: '' }], 'no package.json in package'],
    ['nothing', [], 'no package.json in it'],
    [
      'two folders',
      [
        { path: 'package/package.json', content: JSON.stringify(BASE) },
        { path: 'evil/package.json', content: '{}' },
      ],
      'found also "evil/package.json"',
    ],
    ['a file beside the folder', [{ path: 'package.json', content: '{}' }], '"package.json"'],
    [
      'a linked package.json',
      [{ header: { name: 'package/package.json', type: 'symlink', linkname: '/etc/passwd' } }],
      'package.json is a symlink',
    ],
  ])('with %s is refused', async (_, members, message) => {
    const bytes = await makeTarGz(members);
    const error = await readNpmPackage(readArchive(bytes)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'malformed-archive' });
    expect(String(error)).toContain(message);
  });
});

describe('a package.json', () => {
  it.each<[string, string, string]>([
    ['is cut', '{"name":', 'truncated'],
    ['doubles a key', '{"name":"a","name":"b","version":"1.0.0"}', '"name" twice'],
    ['has no name', '{"version":"1.0.0"}', '"name"'],
    ['has a name with a path', '{"name":"../a","version":"1.0.0"}', 'found "../a"'],
    ['has no version', '{"name":"a"}', '"version"'],
    ['has a loose version', '{"name":"a","version":"v1.0.0"}', 'found "v1.0.0"'],
    ['has a leading zero', '{"name":"a","version":"1.02.0"}', 'found "1.02.0"'],
    ['has odd scripts', '{"name":"a","version":"1.0.0","scripts":{"install":[]}}', '"scripts"'],
    ['has odd dependencies', '{"name":"a","version":"1.0.0","dependencies":["x"]}', 'dependencies'],
  ])('that %s is refused', (_, text, message) => {
    expect(() => parseNpmPackageJson(Buffer.from(text))).toThrow(message);
  });

  it('of any bytes is read or refused by us', () => {
    const sound = JSON.stringify({ ...BASE, bin: 'a', scripts: { a: 'b' }, dependencies: {} });
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), (at, to) => {
        const bytes = Buffer.from(sound);
        bytes[at] = to;
        try {
          parseNpmPackageJson(bytes);
        } catch (error) {
          if (!isCountersignError(error)) throw error;
        }
      }),
    );
  });
});

describe('the derived manifest', () => {
  it('has what npm would write and nothing of the machine', async () => {
    const manifest = await derive(
      {
        bin: './cli.js',
        bundledDependencies: ['a'],
        dependencies: { a: '1' },
        custom: { threshold: 1.5 },
        _resolved: '/home/alice/x.tgz',
      },
      { path: 'package/binding.gyp', content: '{}' },
      { path: 'package/README.md', content: '# hi' },
    );
    expect(manifest).toEqual({
      ...BASE,
      _id: '@acme/web@1.0.0',
      bin: { web: 'cli.js' },
      bundleDependencies: ['a'],
      dependencies: { a: '1' },
      scripts: { install: 'node-gyp rebuild' },
      gypfile: true,
      readme: '# hi',
      readmeFilename: 'README.md',
    });
  });

  it.each<[object, unknown]>([
    [{ bin: { x: '../../../etc/x' } }, { x: 'etc/x' }],
    [{ bin: { '../../x': 'a\\b.js' } }, { x: 'a/b.js' }],
    [{ bin: ['./a/b.js'] }, { 'b.js': 'a/b.js' }],
    [{ bin: {} }, undefined],
    [{ directories: { bin: './tools' } }, { run: 'tools/run', 'x.js': 'tools/sub/x.js' }],
    [{ directories: { bin: 'none' } }, undefined],
  ])('makes of %j the bin %j', async (fields, expected) => {
    const manifest = await derive(
      fields,
      { path: 'package/tools/run', content: '' },
      { path: 'package/tools/.hidden', content: '' },
      { path: 'package/tools/sub/x.js', content: '' },
    );
    expect(manifest['bin']).toEqual(expected);
  });

  it.each([{ gypfile: false }, { scripts: { install: 'x' } }, { scripts: { preinstall: 'x' } }])(
    'adds no build step over %j',
    async (fields) => {
      const manifest = await derive(fields, { path: 'package/binding.gyp', content: '{}' });
      expect(manifest['scripts']).toEqual('scripts' in fields ? fields.scripts : undefined);
    },
  );

  it('drops build metadata from the version, as npm does', async () => {
    expect(await derive({ version: '1.2.3+5' })).toMatchObject({
      version: '1.2.3',
      _id: '@acme/web@1.2.3',
    });
  });
});

describe('a request is held against the tarball', () => {
  const fields = {
    scripts: { test: 'x' },
    dependencies: { a: '^1.0.0', b: 'user/repo' },
    optionalDependencies: { c: '2' },
    bin: 'cli.js',
    exports: { '.': './a.js' },
  };
  const changed: readonly [string, object][] = [
    ['name', { name: 'other' }],
    ['version', { version: '1.0.1' }],
    ['scripts', { scripts: { test: 'x', postinstall: 'node evil.js' } }],
    ['scripts', { scripts: {} }],
    ['dependencies', { dependencies: { ...fields.dependencies, evil: '1' } }],
    ['dependencies', { dependencies: { ...fields.dependencies, a: '^1.0.1' } }],
    ['dependencies', { dependencies: { ...fields.dependencies, b: 'evil/repo' } }],
    ['optionalDependencies', { optionalDependencies: { evil: '1' } }],
    ['peerDependencies', { peerDependencies: { evil: '1' } }],
    ['bundleDependencies', { bundleDependencies: ['a'] }],
    ['bin', { bin: { web: 'other.js' } }],
    ['exports', { exports: { '.': './b.js' } }],
    ['engines', { engines: { node: '>=1' } }],
    ['os', { os: ['linux'] }],
    ['main', { main: 'x.js' }],
    ['deprecated', { deprecated: 'no' }],
  ];
  it.each(changed)('and a changed %s shows', async (field, change) => {
    const derived = await derive(fields);
    const differences = compareNpmManifest({ ...derived, ...change } as JsonObject, derived);
    expect(differences.map((one) => one.field)).toEqual([field]);
  });

  it('and other digests show', async () => {
    const derived = { ...(await derive({})), dist: { integrity: 'sha512-a', shasum: 'b' } };
    const request = { ...derived, dist: { integrity: 'sha512-x', shasum: 'b' } };
    expect(compareNpmManifest(request, derived)).toEqual([
      { field: 'dist.integrity', claimed: '"sha512-x"', actual: '"sha512-a"' },
    ]);
  });

  it.each([
    ['user/repo#x', 'git+ssh://git@github.com/user/repo.git#x'],
    ['github:user/repo', 'https://github.com/user/repo'],
    ['gitlab:user/repo', 'git+https://gitlab.com/user/repo.git'],
    ['git@github.com:user/repo.git', 'user/repo'],
  ])('and %s is the same dependency as %s', (left, right) => {
    expect(canonicalDependency(left)).toBe(canonicalDependency(right));
  });

  it.each(['^1.0.0', 'next', 'file:../x', './x', '~/x', 'npm:a@1', 'https://example.com/a.tgz'])(
    'and %s is left as it is',
    (spec) => {
      expect(canonicalDependency(spec)).toBe(spec);
    },
  );
});

/** Runs a real npm against a server on loopback and returns what it sent. */
async function publishWith(npm: string, files: Record<string, string>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'countersign-npm-'));
  const tarball: Buffer[] = [];
  let body: NpmPublishBody | undefined;
  const server = createServer((request, response) => {
    if (request.method !== 'PUT') {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    readNpmPublishBody(request, () => ({ write: (chunk) => void tarball.push(Buffer.from(chunk)) }))
      .then((read) => {
        body = read;
        response.writeHead(201, { 'content-type': 'application/json' }).end('{"success":true}');
      })
      .catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  try {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const registry = `127.0.0.1:${port}/`;
    const token = ['test', 'token'].join('-');
    const all = {
      ...files,
      '.npmrc': `registry=http://${registry}\n//${registry}:_authToken=${token}\n`,
    };
    for (const [name, text] of Object.entries(all)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    const output = await run(path.resolve(`node_modules/${npm}/bin/npm-cli.js`), folder);
    if (body?.kind !== 'publish') throw new Error(`${npm} sent no publish: ${output}`);
    return { body, tarball: Buffer.concat(tarball) };
  } finally {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
}

function run(script: string, folder: string): Promise<string> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  };
  const child = spawn(process.execPath, [script, 'publish', '--ignore-scripts'], {
    cwd: folder,
    env,
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', () => done(Buffer.concat(output).toString()));
  });
}

describe.concurrent('an honest publish of everything that clients normalise', () => {
  const packageJson = {
    name: 'acme-everything',
    version: '1.0.0',
    author: 'Alice <alice@example.com> (https://example.com)',
    contributors: ['Bob <bob@example.com>'],
    repository: 'acme/everything',
    bugs: 'https://example.com/bugs',
    keywords: 'a, b',
    license: 'MIT',
    bin: './cli.js',
    man: './man/x.1',
    os: 'linux',
    dependencies: { a: '^1.0.0', b: 'acme/b', c: 'git@github.com:acme/c.git', d: '*' },
    optionalDependencies: { o: '^2.0.0' },
    peerDependencies: { p: '>=1' },
    peerDependenciesMeta: { p: { optional: true } },
    engines: { node: '>=18' },
    scripts: { test: './node_modules/.bin/vitest', prepack: 'true' },
    exports: { './b': './b.js', '.': './index.js' },
    funding: 'https://example.com/fund',
    files: ['cli.js', 'index.js', 'b.js', 'man'],
  };
  const files = {
    'package.json': JSON.stringify(packageJson, null, 2),
    'README.md': '# everything\n\nof it\n',
    'index.js': '',
    'index.d.ts': '',
    'cli.js': '#!/usr/bin/env node\n',
    'b.js': '',
    'man/x.1': '',
    'binding.gyp': '{}',
    'server.js': '',
    AUTHORS: 'Carol <carol@example.com>\n',
  };

  it.each(['npm10', 'npm11', 'npm12'])(
    'by %s shows no difference',
    async (npm) => {
      const { body, tarball } = await publishWith(npm, files);
      const npmPackage = await readNpmPackage(readArchive(tarball));
      const derived = deriveNpmManifest(npmPackage);
      expect(compareNpmManifest(body.manifest, derived)).toEqual([]);
      expect(derived['readme']).toBe(body.manifest['readme']);
      expect(derived['bin']).toEqual(body.manifest['bin']);
      expect(body.tarballBytes).toBe(tarball.length);
    },
    30_000,
  );
});
