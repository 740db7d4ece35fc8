/** The repository that the runs of the tests say they are of: two commits, and a tag for each test. */
import { createRepository } from './git-fixture.ts';

const TAGS = 60;

/** `first` is where all tags `v1.0.1` to `v1.0.60` are, `second` the head of `main`. */
export interface CiRepository {
  readonly url: string;
  readonly first: string;
  readonly second: string;
  removeTag(tag: string): void;
}

/** Each package has the files that `tarballOf` packs. Its commits have the same ids everywhere. */
export function createCiRepository(packages: readonly string[]): CiRepository {
  const { url, git, commit } = createRepository();
  const first = commit(
    Object.fromEntries(
      packages.flatMap((name) => {
        const folder = `packages/${name.split('/')[1]}`;
        const about = { name, version: '0.0.0', license: 'Apache-2.0' };
        return [
          [`${folder}/package.json`, JSON.stringify(about)],
          [`${folder}/index.js`, 'export const one = 1;\n'],
        ];
      }),
    ),
  );
  for (let at = 1; at <= TAGS; at += 1) git('tag', `v1.0.${at}`);
  const second = commit({ 'NEWS.md': 'more\n' });
  return { url, first, second, removeTag: (tag) => void git('tag', '--delete', tag) };
}
