/** The worker thread of one inspection: opens hostile archives where they can hurt nobody else. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { InspectionInputs } from '../core/manifest.ts';
import type { Policy } from '../core/policy.ts';
import type { SourceTree } from '../core/source-tree.ts';
import { npmRules } from '../ecosystem/npm.ts';
import { pypiRules } from '../ecosystem/pypi.ts';
import type { InspectionSubject, SummarySubject } from '../gateway/ports.ts';
import { inspectFiles, summarizeFile } from './packed-artifact.ts';

/** What the thread is given, by structured clone. */
export interface InspectionTask {
  readonly inputs: InspectionInputs;
  readonly policy: Policy;
  readonly subjects: readonly InspectionSubject[];
  readonly baselines: readonly ArtifactSummary[];
  readonly sourceTree: SourceTree | null;
}

/** The other thing that a thread is given: what one artifact holds. */
export interface SummaryTask {
  readonly policy: Policy;
  readonly subject: SummarySubject;
}

const ECOSYSTEMS = new Map([npmRules, pypiRules].map((one) => [one.name, one]));

if (parentPort !== null) {
  const task = workerData as InspectionTask | SummaryTask;
  parentPort.postMessage(
    'subject' in task ? await summarizeFile(task) : await inspectFiles(task, ECOSYSTEMS),
  );
}
