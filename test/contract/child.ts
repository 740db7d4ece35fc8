import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A program of `test/contract/programs` that runs beside the test. */
export interface Child {
  /** The lines so far, whole ones only. */
  readonly lines: readonly string[];
  /** Resolves with the next line that satisfies `wanted`; throws when the program ended before. */
  until(wanted: (line: string) => boolean): Promise<string>;
  /** Kills it without warning, as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves with the exit code once the program has ended by itself. */
  ended(): Promise<number | null>;
}

/** The path of a program, for those who start it themselves. */
export function programPath(program: string): string {
  return fileURLToPath(new URL(`./programs/${program}`, import.meta.url));
}

/** Starts it with the Node that runs the test. What it writes to stderr goes to ours. */
export function startChild(program: string, ...args: readonly string[]): Child {
  const child: ChildProcessByStdio<null, Readable, null> = spawn(
    process.execPath,
    [programPath(program), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => lines.push(line));
  // after the last line has been read, which is later than the process's own end
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    lines,
    async until(wanted) {
      for (let seen = 0; ; seen += 1) {
        while (seen >= lines.length) {
          const more = new Promise<'line'>((resolve) => reader.once('line', () => resolve('line')));
          const next = await Promise.race([more, closed]);
          if (next !== 'line' && seen >= lines.length) {
            throw new Error(`${program} ended after: ${lines.join(', ')}`);
          }
        }
        const line = lines[seen] ?? '';
        if (wanted(line)) return line;
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    ended: () => closed,
  };
}
