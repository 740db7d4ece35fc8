/** Repositories that tests write to, as a remote would have them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from './temporary-folder.ts';

export interface GitRepository {
  readonly folder: string;
  readonly url: string;
  /** Runs git in the repository; its output without the line end. */
  git(...args: string[]): string;
  /** Writes these files (null removes one), commits on the branch at hand, returns the commit. */
  commit(files: Readonly<Record<string, string | null>>): string;
}

const ENV = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'alice',
  GIT_AUTHOR_EMAIL: 'alice@example.com',
  GIT_COMMITTER_NAME: 'alice',
  GIT_COMMITTER_EMAIL: 'alice@example.com',
  // the same content has the same id everywhere
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

/** An empty repository on branch `main`, in a temporary folder. */
export function createRepository(): GitRepository {
  const folder = temporaryFolder('git');
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, env: ENV, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trimEnd();
  git('init', '--quiet', '--initial-branch=main');
  return {
    folder,
    url: pathToFileURL(folder).href,
    git,
    commit(files) {
      for (const [path, content] of Object.entries(files)) {
        if (content === null) {
          git('rm', '--quiet', '--', path);
          continue;
        }
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'change');
      return git('rev-parse', 'HEAD');
    },
  };
}
