/** What this program is, as its own package says. */
import { readFile } from 'node:fs/promises';

/** The version of this program. */
export async function readOwnVersion(): Promise<string> {
  const own = new URL(import.meta.resolve('countersign/package.json'));
  const { version } = JSON.parse(await readFile(own, 'utf8')) as { readonly version: string };
  return version;
}
