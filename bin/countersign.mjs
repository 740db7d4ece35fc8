#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { isSupportedNode, LEAST_NODE } from './runtime.mjs';

if (isSupportedNode(process.versions.node)) {
  const source = new URL('../src/cli/main.ts', import.meta.url);
  const built = new URL('../dist/main.js', import.meta.url);
  const { main } = await import(((await isCurrent(source)) ? built : source).href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error(
    `error[runtime-too-old]: expected Node ${LEAST_NODE} or newer, found ${process.versions.node}; get it from nodejs.org or with your version manager, in a clone run "npm ci" and then "npx countersign"`,
  );
  process.exitCode = 2;
}

/**
 * A package holds only what was built. In the tree that runs too while it was built from just these
 * sources, since it starts much faster; else they run as they are.
 */
async function isCurrent(source) {
  // an import would read all that the module exports, which loads streams and watchers
  const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
  if (!existsSync(source)) return true;
  try {
    const stamp = readFileSync(new URL('../dist/sources.txt', import.meta.url), 'utf8').trim();
    const { stampSources } = await import('./sources.mjs');
    return stamp === stampSources(fileURLToPath(new URL('..', import.meta.url)));
  } catch {
    return false;
  }
}
