import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Whether a test that needs `name` can run. Where it cannot, says so on stderr, or throws when
 * REQUIRE_TOOLS=1, so that no suite passes by skipping. Use it as
 * `test.skipIf(!requireTool('go', hasProgram('go', 'version')))(...)`.
 */
export function requireTool(name: string, present: boolean): boolean {
  if (present) return true;
  if (process.env['REQUIRE_TOOLS'] === '1') {
    throw new Error(`${name} is not installed, and REQUIRE_TOOLS=1 says that nothing is skipped`);
  }
  process.stderr.write(`SKIPPED: ${name} is not installed\n`);
  return false;
}

/** Whether `program` starts and exits 0 with these arguments (by default `--version`). */
export function hasProgram(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args.length === 0 ? ['--version'] : args, {
      stdio: 'ignore',
      timeout: 20_000,
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder of published test vectors: COUNTERSIGN_VECTORS, else `../shared/vectors` beside the
 * repository. Undefined where there is none, which is said on stderr. The vectors are no part of
 * the repository and no package installs them, so REQUIRE_TOOLS=1 insists on them only where
 * COUNTERSIGN_VECTORS names a folder.
 */
export function vectorsFolder(): string | undefined {
  const named = process.env['COUNTERSIGN_VECTORS'];
  const folder = named ?? fileURLToPath(new URL('../../shared/vectors', import.meta.url));
  if (existsSync(folder)) return folder;
  if (named !== undefined) {
    requireTool(
      `the folder of published test vectors that COUNTERSIGN_VECTORS names (${folder})`,
      false,
    );
  } else {
    process.stderr.write('SKIPPED: published test vectors are not beside the repository\n');
  }
  return undefined;
}
