import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasProgram, requireTool } from '../tools.ts';

const SOURCE = fileURLToPath(new URL('./tlog-go', import.meta.url));

/** Whether Go is here; said on stderr where it is not, an error when REQUIRE_TOOLS=1. */
export function requireGo(): boolean {
  return requireTool('go', hasProgram('go', 'version'));
}

/** Builds `tlog-go` into `folder` and returns the path of the program. */
export function buildTlogGo(folder: string): string {
  const program = join(folder, 'tlog-go');
  execFileSync('go', ['build', '-o', program, '.'], { cwd: SOURCE, stdio: 'inherit' });
  return program;
}

/** Verifies a folder as `tlog-go/main.go` describes it; `status` 0 is success. */
export function runTlogGo(program: string, folder: string) {
  const { status, stdout, stderr } = spawnSync(program, [folder], { encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n'), stderr };
}
