/** Runs the command line inside the test, with everything around it captured. */
import type { CommandHost } from '../src/cli/command.ts';
import { runProgram } from '../src/cli/program.ts';
import { createSshSigner } from '../src/cli/ssh-sign.ts';

export interface CliOptions extends Partial<Omit<CommandHost, 'stdin' | 'stdout' | 'stderr'>> {
  /** What a person types or a pipe brings. */
  readonly input?: string;
  /** Whether the streams are terminals. */
  readonly tty?: boolean;
}

export interface CliRun {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { input = '', tty = false, ...host } = options;
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: tty,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const exit = await runProgram(argv, {
    stdin: {
      isTTY: tty,
      async *[Symbol.asyncIterator]() {
        yield input;
      },
    },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    cwd: process.cwd(),
    fetch: globalThis.fetch,
    now: () => '2026-03-02T12:00:00.000Z',
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    sleep: async () => undefined,
    stopSignal: () => AbortSignal.abort(),
    signer: (keyFile) => createSshSigner({ keyFile, interactive: false }),
    ecosystems: async () => new Map(),
    createKeys: () => Promise.reject(new Error('no keys in this test')),
    readKeys: () => Promise.reject(new Error('no keys in this test')),
    found: () => Promise.reject(new Error('no store in this test')),
    ...host,
  });
  return { exit, ...written };
}
