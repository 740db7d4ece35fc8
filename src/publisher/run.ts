/** The publisher process: signs checkpoints as entries come in, and works its own kinds of jobs. */
import { isCountersignError } from '../core/errors.ts';
import { type JobHandlers, runWorker, type WorkerDeps } from '../gateway/worker.ts';
import { confirmRelease } from './confirm.ts';
import { takeDeposit } from './credentials.ts';
import type { PublisherDeps } from './deps.ts';
import { enactProposal, enactRecovery, startRecovery } from './enact.ts';
import { publishRelease } from './publish.ts';

const SIGN_EVERY_MS = 100;

/** Runs until `signal` fires. */
export async function runPublisher(
  deps: PublisherDeps,
  worker: WorkerDeps,
  signal: AbortSignal,
): Promise<void> {
  const handlers: JobHandlers = {
    publish: (job) => publishRelease(deps, job),
    confirm: (job) => confirmRelease(deps, job),
    'take-deposit': (job) => takeDeposit(deps, job),
    enact: (job) => enactProposal(deps, job),
    'start-recovery': (job) => startRecovery(deps, job),
    'enact-recovery': (job) => enactRecovery(deps, job),
  };
  await Promise.all([runWorker(worker, handlers, signal), signCheckpoints(deps, worker, signal)]);
}

async function signCheckpoints(
  deps: PublisherDeps,
  worker: WorkerDeps,
  signal: AbortSignal,
): Promise<void> {
  let said = '';
  while (!signal.aborted) {
    try {
      await deps.signer.advance();
      said = '';
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Said once: a corrupt ledger stays corrupt, and the log must stay readable.
      if (message !== said) {
        deps.log.error('checkpoint-not-signed', {
          code: isCountersignError(error) ? error.code : 'internal',
          error: message,
        });
      }
      said = message;
    }
    await worker.sleep(SIGN_EVERY_MS, signal);
  }
}
