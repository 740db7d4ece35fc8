import { describe, expect, test } from 'vitest';
import {
  folderOf,
  hiddenLoadsOf,
  importsOf,
  impureCallsOf,
  parseImportTable,
  violationsOf,
} from './import-table.ts';
import { readTracked, trackedPaths } from './tracked-files.ts';

const PURE = ['core', 'formats', 'tlog', 'evidence', 'inspect', 'ecosystem', 'report'];

const rules = parseImportTable(readTracked('ARCHITECTURE.md'));
const sources = trackedPaths(/^src\/.*\.ts$/).filter((path) => !path.endsWith('.test.ts'));

describe('the import table of ARCHITECTURE.md', () => {
  test('has a row for every folder of src, and no pure folder can lose that word', () => {
    const folders = [...new Set(sources.map(folderOf))];
    expect(folders.filter((one) => !rules.has(one))).toEqual([]);
    const pure = [...rules.values()].filter((rule) => rule.pure).map((rule) => rule.name);
    expect(pure.filter((one) => one !== 'posture').sort()).toEqual([...PURE].sort());
  });

  test('holds for every import of every source file', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap((path) => violationsOf(path, readTracked(path), rules))).toEqual([]);
  });

  test('lets only the publisher and the file that wires open the vault', () => {
    const importers = [...rules.values()].filter((rule) => rule.folders.has('vault'));
    expect(importers.map((rule) => rule.name).sort()).toEqual(['compose.ts', 'publisher']);
    const single = [...rules.values()].flatMap((rule) =>
      [...rule.folders]
        .filter((one) => one.startsWith('vault/'))
        .map((one) => `${rule.name}: ${one}`),
    );
    // sealing to the publisher's public key happens in the terminal, before the secret leaves it
    expect(single).toEqual(['cli: vault/deposit.ts']);
  });

  test('lets only compose.ts see every adapter', () => {
    const adapters = ['store', 'blobs', 'upstream', 'notify', 'identity'];
    const seeing = [...rules.values()].filter((rule) => adapters.every((a) => rule.folders.has(a)));
    expect(seeing.map((rule) => rule.name)).toEqual(['compose.ts']);
  });

  test('gives pure folders no file system, network, process or clock', () => {
    const allowed = new Set(['buffer', 'zlib', 'stream', 'stream/promises', 'util', 'crypto']);
    const pure = [...rules.values()].filter((rule) => rule.pure);
    const wider = pure.flatMap((rule) => [...rule.builtins].filter((one) => !allowed.has(one)));
    expect(wider).toEqual([]);
    const impurities = sources
      .filter((path) => rules.get(folderOf(path))?.pure === true)
      .flatMap((path) => impureCallsOf(readTracked(path)).map((call) => `${path}: ${call}`));
    expect(impurities).toEqual([]);
  });
});

describe('the table of the inspection engine in ARCHITECTURE.md', () => {
  test('has a row for every folder of src/inspect, and no other', () => {
    const [, section = ''] = readTracked('ARCHITECTURE.md').split('| in `src/inspect/` |');
    const [rows = ''] = section.split('\n## ');
    const named = [...rows.matchAll(/^\| `([a-z-]+)\/` \|/gm)].map(([, name = '']) => name);
    const folders = sources.flatMap((path) => /^src\/inspect\/([^/]+)\//.exec(path)?.[1] ?? []);
    expect(named.sort()).toEqual([...new Set(folders)].sort());
  });
});

describe('the reader of imports', () => {
  const table = parseImportTable(
    [
      '| folder | may import | of Node | packages |',
      '|---|---|---|---|',
      '| `core` (pure) | `formats` | | `semver` |',
      '| `vault` | `core` | `crypto` | |',
    ].join('\n'),
  );

  test.each([
    ["import { a } from '../formats/a.ts';", 0],
    ["import type { A } from './a.ts';", 0],
    ["import semver from 'semver/functions/parse.js';", 0],
    ["import { a } from '../vault/a.ts';", 1],
    ["import {\n  a,\n  b,\n} from '../vault/a.ts';", 1],
    ["export { a } from '../vault/a.ts';", 1],
    ["export * from '../vault/a.ts';", 1],
    ["import '../vault/a.ts';", 1],
    ["const a = await import('../vault/a.ts');", 1],
    ["new Worker(new URL('../vault/worker.ts', import.meta.url));", 1],
    ["import { readFile } from 'node:fs';", 1],
    ["import { z } from 'zod';", 1],
    ["import x from '../../test/tools.ts';", 1],
    ['const a = await import(name);', 1],
    ["const fs = process.getBuiltinModule('fs');", 1],
    ["// import { a } from '../vault/a.ts';", 0],
  ])('%j breaks the row of core %i times', (source, count) => {
    expect(violationsOf('src/core/x.ts', source, table)).toHaveLength(count);
  });

  test('names a folder without a row', () => {
    expect(violationsOf('src/extra/x.ts', '', table)).toEqual([
      'src/extra/x.ts: extra has no row in the import table',
    ]);
  });

  test('sees clock, randomness, environment, network and timers, and not in comments', () => {
    const calls = ['Date.now()', 'new Date()', 'Math.random()', 'process.env', 'fetch(x)'];
    for (const call of [...calls, 'setTimeout(x)', 'crypto.randomUUID()', 'performance.now()']) {
      expect(impureCallsOf(`const a = ${call};`), call).toHaveLength(1);
      expect(impureCallsOf(`// ${call}\n/* ${call} */`), call).toEqual([]);
    }
    expect(impureCallsOf('new Date(at).toISOString()')).toEqual([]);
    expect(impureCallsOf('const a = globalThis.crypto;')).toHaveLength(1);
    expect(impureCallsOf("type S = (typeof globalThis)['crypto'];")).toEqual([]);
  });

  test('keeps the order of imports and finds what hides one', () => {
    expect(importsOf("import a from 'a';\nimport { b } from 'b';")).toEqual(['a', 'b']);
    expect(hiddenLoadsOf("const r = createRequire(import.meta.url);\nr('fs')")).toHaveLength(1);
  });
});
