/** The jobs of the web process. */

import type { ReleaseId } from '../core/names.ts';
import type { GatewayDeps } from './deps.ts';
import { expireRelease } from './end.ts';
import { inspectRelease } from './inspect.ts';
import { sendNotice } from './notices.ts';
import type { JobRow, Notifier } from './ports.ts';
import { remindOfReview } from './review-due.ts';
import type { JobHandlers } from './worker.ts';

export function webJobs(deps: GatewayDeps, notifier: Notifier): JobHandlers {
  const ofRelease = (work: (deps: GatewayDeps, id: ReleaseId) => Promise<void>) => {
    return async ({ release }: JobRow) => {
      if (release !== null) await work(deps, release);
    };
  };
  return {
    inspect: ofRelease(inspectRelease),
    expire: ofRelease(expireRelease),
    'review-due': ofRelease(remindOfReview),
    notify: (job) => sendNotice(deps, notifier, job),
  };
}
