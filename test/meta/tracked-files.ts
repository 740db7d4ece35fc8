import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A file as git tracks it; `executable` is the mode that git keeps, not the disk's. */
export interface TrackedFile {
  readonly path: string;
  readonly executable: boolean;
}

/** Every tracked file that is there, sorted by path. Throws outside a git checkout. */
export function trackedFiles(): readonly TrackedFile[] {
  const listing = execFileSync('git', ['ls-files', '--stage', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  return listing
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => ({
      path: line.slice(line.indexOf('\t') + 1),
      executable: line.startsWith('100755'),
    }))
    .filter((file) => existsSync(join(ROOT, file.path)));
}

/** Paths of tracked files that match `pattern`. */
export function trackedPaths(pattern: RegExp): readonly string[] {
  return trackedFiles()
    .map((file) => file.path)
    .filter((path) => pattern.test(path));
}

export function readTracked(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** `package.json` as far as the meta tests read it. */
export function packageDocument(): {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(readTracked('package.json'));
}
