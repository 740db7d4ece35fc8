/** The worker thread of one inspection: opens hostile archives where they can hurt nobody else. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { InspectionInputs } from '../core/manifest.ts';
import type { Policy } from '../core/policy.ts';
import type { SourceTree } from '../core/source-tree.ts';
import { npmRules } from '../ecosystem/npm.ts';
import { pypiRules } from '../ecosystem/pypi.ts';
import type { InspectionSubject } from '../gateway/ports.ts';
import { inspectFiles } from './packed-artifact.ts';

/** What the thread is given, by structured clone. */
export interface InspectionTask {
  readonly inputs: InspectionInputs;
  readonly policy: Policy;
  readonly subjects: readonly InspectionSubject[];
  readonly baselines: readonly ArtifactSummary[];
  readonly sourceTree: SourceTree | null;
}

const ECOSYSTEMS = new Map([npmRules, pypiRules].map((one) => [one.name, one]));

if (parentPort !== null) {
  const task = workerData as InspectionTask;
  parentPort.postMessage(await inspectFiles(task, ECOSYSTEMS));
}
