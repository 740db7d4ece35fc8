/** The program as a process: the real streams, clock and network, and what `compose.ts` builds. */
import { systemClock, systemRandomness } from '../host/clock.ts';
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

// Loaded when a command needs them: a tag check must not wait for HTTP servers and databases.
const compose = () => import('../compose.ts');

function createProcessHost(): CommandHost {
  const { env } = process;
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env,
    cwd: process.cwd(),
    fetch: globalThis.fetch,
    now: systemClock.now,
    random: systemRandomness.bytes,
    sleep: (milliseconds) => systemClock.sleep(milliseconds),
    stopSignal,
    signer: (keyFile) => createSshSigner({ keyFile }),
    ecosystems: async () => (await compose()).createEcosystems(),
    createKeys: async (config, origin) => (await compose()).createKeys(config, origin),
    readKeys: async (config) => (await compose()).readKeys(config),
    found: async (config, document, signatures, trust) =>
      (await compose()).found(config, env, document, signatures, trust),
  };
}

/** Fires at the first SIGINT or SIGTERM; a second one ends the process as usual. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
