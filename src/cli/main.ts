/** The program as a process: the real streams, clock and network. */
import { webcrypto } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { CommandHost } from './command.ts';
import { runProgram } from './program.ts';
import { createSshSigner } from './ssh-sign.ts';

/** Runs one command line in this process; the answer is the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await runProgram(argv, createProcessHost());
  } finally {
    // A terminal that was read from would keep the process alive.
    process.stdin.destroy();
  }
}

function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const ask = () => {
    // Without a listener the next signal does what signals do: it ends the process.
    for (const name of names) process.removeListener(name, ask);
    stop.abort();
  };
  for (const name of names) process.on(name, ask);
  return stop.signal;
}

function createProcessHost(): CommandHost {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    fetch: globalThis.fetch,
    now: () => new Date().toISOString(),
    random: (length) => webcrypto.getRandomValues(new Uint8Array(length)),
    sleep: (milliseconds) => setTimeout(milliseconds),
    stopSignal,
    signer: (keyFile) => createSshSigner({ keyFile }),
    ecosystems: async () => {
      const { npmRules } = await import('../ecosystem/npm.ts');
      return new Map([[npmRules.name, npmRules]]);
    },
  };
}
