#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { isSupportedNode, LEAST_NODE } from './runtime.mjs';

if (isSupportedNode(process.versions.node)) {
  // In the tree the sources run as they are; a package holds only what was built from them.
  const source = new URL('../src/cli/main.ts', import.meta.url);
  const built = new URL('../dist/cli/main.js', import.meta.url);
  const { main } = await import((existsSync(source) ? source : built).href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error(
    `error[runtime-too-old]: expected Node ${LEAST_NODE} or newer, found ${process.versions.node}; get it from nodejs.org or with your version manager, in a clone run "npm ci" and then "npx countersign"`,
  );
  process.exitCode = 2;
}
