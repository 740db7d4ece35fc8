import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { requireTool } from './tools.ts';

const { isSupportedNode, LEAST_NODE } = (await import(
  new URL('../bin/runtime.mjs', import.meta.url).href
)) as { isSupportedNode: (version: string) => boolean; LEAST_NODE: string };
const program = fileURLToPath(new URL('../bin/countersign.mjs', import.meta.url));

test.each([
  ['24.15.0', true],
  ['v24.15.0', true],
  ['24.15.1', true],
  ['24.16.0', true],
  ['26.0.0', true],
  ['26.0.0-nightly20260101', true],
  ['100.0.0', true],
  ['24.14.9', false],
  ['24.2.0', false],
  ['20.20.2', false],
  ['9.99.99', false],
  ['', false],
  ['24', false],
])('Node %s is new enough: %s', (version, fine) => {
  expect(isSupportedNode(version)).toBe(fine);
});

test('the least Node is the one that package.json names', () => {
  const { engines } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as { engines: { node: string } };
  expect(LEAST_NODE).toBe(`${engines.node.replace('>=', '')}.0`);
});

describe('bin/countersign.mjs', () => {
  test('can be executed as a file', () => {
    expect(statSync(program).mode & 0o111).toBe(0o111);
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('runs from the tree on this Node', () => {
    const { status, stdout } = spawnSync(process.execPath, [program, 'tag', 'v1.2.3'], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('v1.2.3 fits policy strict: version 1.2.3\n');
    expect(status).toBe(0);
  });

  const old = oldNode();
  test.skipIf(!requireTool('a Node older than Countersign needs', old !== undefined))(
    'refuses an older Node in one line',
    () => {
      const { status, stdout, stderr } = spawnSync(old ?? '', [program, 'tag', 'v1.2.3'], {
        encoding: 'utf8',
      });
      expect(stdout).toBe('');
      expect(stderr).toMatch(
        /^error\[runtime-too-old\]: expected Node 24\.15\.0 or newer, found [0-9.]+; .*nodejs\.org.*\n$/,
      );
      expect(status).toBe(2);
    },
  );
});

/** The Node of the system, where it is older than ours. */
function oldNode(): string | undefined {
  return ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
    try {
      return !isSupportedNode(execFileSync(path, ['--version'], { encoding: 'utf8' }).trim());
    } catch {
      return false;
    }
  });
}
