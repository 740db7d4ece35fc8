/** A worker thread of `scan`: opens one file after another where it can hurt nobody else. */
import { parentPort } from 'node:worker_threads';
import type { Confidence } from '../core/finding.ts';
import { inspectLooseFile } from './loose-files.ts';

/** What the thread is asked, by structured clone; it answers each with a LooseReport. */
export interface LooseFileTask {
  readonly path: string;
  readonly shown: string;
  readonly blockAt: Confidence;
}

parentPort?.on('message', async (task: LooseFileTask) => {
  parentPort?.postMessage(await inspectLooseFile(task.path, task.shown, task.blockAt));
});
