/** The two packages of the demo: an npm package, and a Python package with wheel and sdist. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Ran, run } from './stage.ts';

export const NPM_NAME = '@aitbc/explorer-web';
export const PYPI_NAME = 'aitbc-agent-sdk';

/** A folder that `npm publish` can be run in. `extra` is put into it, by file name. */
export function writeNpmPackage(
  folder: string,
  version: string,
  extra: Readonly<Record<string, string>> = {},
): string {
  const target = join(folder, `explorer-web-${version}-${Object.keys(extra).length}`);
  mkdirSync(target, { recursive: true });
  const files: Record<string, string> = {
    'package.json': `${JSON.stringify(
      {
        name: NPM_NAME,
        version,
        description: 'a block explorer, for the demo',
        license: 'Apache-2.0',
        type: 'module',
        exports: './index.js',
        files: ['index.js', ...Object.keys(extra)],
      },
      null,
      2,
    )}\n`,
    'index.js': `export const version = ${JSON.stringify(version)};\n`,
    'README.md': '# explorer-web\n',
    ...extra,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text);
  return target;
}

/** Builds wheel and sdist with flit_core, which needs no network; null where that fails. */
export async function buildPythonPackage(
  folder: string,
  python: string,
  version: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[] | null> {
  const target = join(folder, `agent-sdk-${version}`);
  mkdirSync(join(target, 'aitbc_agent_sdk'), { recursive: true });
  writeFileSync(
    join(target, 'pyproject.toml'),
    `[build-system]
requires = ["flit_core >=3.11,<4"]
build-backend = "flit_core.buildapi"

[project]
name = "${PYPI_NAME}"
version = "${version}"
description = "an agent's toolkit, for the demo"
license = "Apache-2.0"
requires-python = ">=3.9"

[tool.flit.module]
name = "aitbc_agent_sdk"
`,
  );
  writeFileSync(join(target, 'aitbc_agent_sdk', '__init__.py'), `VERSION = "${version}"\n`);
  const build =
    'import flit_core.buildapi as b; print(b.build_wheel("dist")); print(b.build_sdist("dist"))';
  mkdirSync(join(target, 'dist'), { recursive: true });
  const built: Ran = await run(python, ['-c', build], {
    cwd: target,
    env,
    shown: 'python -m build',
  });
  if (built.code !== 0) return null;
  return built.stdout
    .trim()
    .split('\n')
    .map((name) => join(target, 'dist', name.trim()));
}

/** A token with a right checksum that opens nothing, put together here so that no file holds one. */
export function leakedToken(): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const body = Array.from({ length: 30 }, (_, at) => alphabet[(at * 37 + 11) % 62]).join('');
  let sum = crc32(body);
  let check = '';
  for (let at = 0; at < 6; at += 1) {
    check = `${alphabet[sum % 62]}${check}`;
    sum = Math.floor(sum / 62);
  }
  return ['npm', `${body}${check}`].join('_');
}
