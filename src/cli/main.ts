/** The program as a process: the real streams, clock and network, and what `compose.ts` builds. */
import { systemClock, systemRandomness } from '../host/clock.ts';
import { compileForShortRun } from '../host/short-run.ts';
import type { CommandHost } from './command.ts';
import { runProgram } from './program.ts';
import { createSshSigner } from './ssh-sign.ts';

const SHORT_RUNS: ReadonlySet<string | undefined> = new Set(['posture', 'scan']);

/** Runs one command line in this process; the answer is the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  if (SHORT_RUNS.has(argv[0])) compileForShortRun();
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  try {
    return await runProgram(argv, createProcessHost());
  } finally {
    // A terminal that was read from would keep the process alive.
    process.stdin.destroy();
  }
}

// Loaded when a command needs them: a tag check must not wait for HTTP servers and databases.
const compose = () => import('../compose.ts');
const founding = () => import('../compose-founding.ts');

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
    createKeys: async (config, origin, passphrase) =>
      (await founding()).createKeys(config, origin, passphrase),
    readKeys: async (config) => (await founding()).readKeys(config),
    found: async (config, document, signatures, trust) =>
      (await founding()).found(config, env, document, signatures, trust),
  };
}

/** Fires at the first SIGINT or SIGTERM; the next one, of either name, ends the process. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const ask = () => {
    // Without a listener a signal does what signals do.
    for (const name of names) process.removeListener(name, ask);
    stop.abort();
  };
  for (const name of names) process.on(name, ask);
  return stop.signal;
}

/** Whoever read our output has enough of it (`countersign --help | head`): that is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
