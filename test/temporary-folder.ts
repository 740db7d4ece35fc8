/** Folders of tests, and what removes them: `removed-folders.ts`, behind the last test of each file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new folder in that for temporary files, as `countersign-NAME-...`, which is removed with the
 * test file that asked for it. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `countersign-${name}-`));
  made.push(folder);
  return folder;
}

/** Removes those that were made so far, where they still are. */
export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
