/** Which packed files a word of a command, or a field of package.json, may mean. */
import type { PackedTree } from './packed-tree.ts';
import { insidePath } from './relative-path.ts';

const ENDINGS = ['', '.js', '.cjs', '.mjs', '.json', '.node', '.ts'];

/** Places as Node looks for them, whether or not something is packed there; none for an empty word
 * and for one that leads out of the package. */
export function placesNamed(word: string, { facts }: PackedTree): readonly string[] {
  const path = word === '' ? null : insidePath(word);
  if (path === null) return [];
  const folder = path === '.' ? '' : `${path}/`;
  const main = path === '.' ? insidePath(facts.get('main') ?? 'index.js') : null;
  return [
    ...ENDINGS.map((ending) => `${path}${ending}`),
    ...ENDINGS.map((ending) => `${folder}index${ending}`),
    `${folder}package.json`,
    ...(main === null ? [] : ENDINGS.map((ending) => `${main}${ending}`)),
  ];
}
