/** Runs each inspection in a worker thread of its own, bounded in time and memory. */
import { Worker } from 'node:worker_threads';
import { DEFAULT_INSPECTION_LIMITS } from '../core/inspection-limits.ts';
import type { InspectionReport } from '../core/manifest.ts';
import type { Inspection, InspectionSubject, Inspector, Summarized } from '../gateway/ports.ts';
import { RULE_SET } from '../inspect/rule-set.ts';
import type { InspectionTask, SummaryTask } from './inspection-worker.ts';
import { prepareHeaps } from './thread-heap.ts';

export interface InspectorLimits {
  /** The policy's time is cut to this. */
  readonly withinMs: number;
  /** How often the policy's time is given; 1 where nothing is said. */
  readonly patience?: number;
  /** Heap of the thread; buffers of single entries are bounded by the archive limits. */
  readonly heapMegabytes: number;
}

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './inspection-worker.ts' : './inspection-worker.js',
  import.meta.url,
);

/** A crash, a time-out or too much memory gives an `indeterminate` report, never an exception. */
export function createThreadInspector(limits: InspectorLimits): Inspector {
  return {
    async inspect(inputs, policy, subjects, baselines, sourceTree = null) {
      try {
        const task: InspectionTask = { inputs, policy, subjects, baselines, sourceTree };
        return await runInThread<Inspection>(task, limits);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { report: couldNotTell(inputs, subjects, reason), summaries: [] };
      }
    },
    async summarize(policy, subject) {
      const task: SummaryTask = { policy, subject };
      try {
        return await runInThread<Summarized>(task, limits);
      } catch (error) {
        return { summary: null, reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** `Answer` is what the worker posts for this kind of task. */
function runInThread<Answer>(
  task: InspectionTask | SummaryTask,
  limits: InspectorLimits,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const worker = new Worker(WORKER, {
    workerData: task,
    // Nothing of this process' environment is any of a parser's business.
    env: {},
    resourceLimits: prepareHeaps(1, limits.heapMegabytes),
  });
  const { seconds } = task.policy.inspection ?? DEFAULT_INSPECTION_LIMITS;
  const withinMs = Math.min(limits.withinMs, seconds * 1000 * (limits.patience ?? 1));
  const timer = setTimeout(
    () =>
      reject(new Error(`inspection took longer than ${withinMs / 1000} seconds (limit: within)`)),
    withinMs,
  );
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the inspection thread ended with code ${code}`)));
  return promise.finally(async () => {
    clearTimeout(timer);
    await worker.terminate();
  });
}

function couldNotTell(
  inputs: InspectionReport['inputs'],
  subjects: readonly InspectionSubject[],
  reason: string,
): InspectionReport {
  return {
    schema: 'countersign/inspection/v1',
    ruleSet: RULE_SET,
    inputs,
    artifacts: subjects.map((one) => ({
      path: one.file,
      sha256: one.sha256,
      sizeBytes: one.sizeBytes,
      verdict: 'indeterminate' as const,
      findings: [],
      unread: [{ path: one.file, reason }],
    })),
    summaries: [],
    findings: [],
    unread: [],
    verdict: 'indeterminate',
  };
}
