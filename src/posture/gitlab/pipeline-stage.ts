/** Which jobs a job waits for. Source: GitLab documentation, "CI/CD YAML syntax reference", `needs` and `stages`. */

import type { Span } from '../source-text.ts';
import {
  asScalar,
  asScalars,
  entryOf,
  valueAt,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../yaml/yaml-node.ts';
import { flatMaps } from './pipeline-config.ts';

/** A job with what it says of its order. */
export interface StagedJob {
  readonly id: string;
  readonly idSpan: Span;
  readonly body: YamlMap;
}

const STAGES: readonly string[] = ['build', 'test', 'deploy'];
const NEEDS_MAX = 500;

/**
 * By job. Without `needs` a job waits for all jobs of all earlier stages; of these only the last are
 * named, as they wait for the others. Jobs of one stage share one list.
 */
export function readNeeds(
  jobs: readonly StagedJob[],
  stages: YamlNode | null,
): ReadonlyMap<string, readonly YamlScalar[]> {
  const named = asScalars(stages).map(({ text }) => text);
  const order = ['.pre', ...(named.length > 0 ? named : STAGES), '.post'];
  const ranks = new Map(order.map((stage, rank) => [stage, rank]));
  const byRank = Map.groupBy(jobs, (job) => ranks.get(stageOf(job)) ?? 0);
  const needs = new Map<string, readonly YamlScalar[]>();
  let earlier: readonly YamlScalar[] = [];
  for (const rank of [...byRank.keys()].toSorted((a, b) => a - b)) {
    const own = byRank.get(rank) ?? [];
    const written = own.map(writtenNeeds);
    for (const [at, job] of own.entries()) needs.set(job.id, written[at] ?? earlier);
    // where each job of a stage says what it needs, nobody in it waits for the stages before
    earlier = [...(written.includes(null) ? [] : earlier), ...own.map(asNeed)];
  }
  return needs;
}

function stageOf({ body }: StagedJob): string {
  return asScalar(valueAt(body, 'stage'))?.text ?? 'test';
}

/** Null where the order of stages decides. Jobs of other projects and pipelines are left out. */
function writtenNeeds({ body }: StagedJob): readonly YamlScalar[] | null {
  const entry = entryOf(body, 'needs');
  if (entry === null || entry.value.kind !== 'list') return null;
  const maps = flatMaps(entry.value, NEEDS_MAX).filter((one) => valueAt(one, 'pipeline') === null);
  const own = maps.filter((one) => valueAt(one, 'project') === null);
  return [...asScalars(entry.value), ...own.flatMap((one) => asScalar(valueAt(one, 'job')) ?? [])];
}

/** The name as a value, at the place of the job that is waited for. */
function asNeed({ id, idSpan }: StagedJob): YamlScalar {
  return { kind: 'scalar', span: idSpan, text: id, type: 'string', style: 'plain' };
}
