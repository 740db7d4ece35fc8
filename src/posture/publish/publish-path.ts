/**
 * The publish path: which jobs can put a package somewhere or get an identity that can, and which
 * jobs these depend on. Whoever controls one of them controls what is published.
 */
import { mintsIdentity } from '../permission.ts';
import { opensRegistry, type SecretUse, secretUses } from '../secret-use.ts';
import { type ShellCommand, shellCommands } from '../shell-command.ts';
import type { SourceText, Span } from '../source-text.ts';
import { stepCommands } from '../step-command.ts';
import { usesName } from '../uses-reference.ts';
import { type Action, type Job, runOf, type Step, type Workflow } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';
import type { PublishAct, ReadAct } from './publish-act.ts';
import { publishAction } from './publish-action.ts';
import { publishCommand } from './publish-command.ts';
import { guessAct } from './publish-guess.ts';
import { type RepositoryScripts, startedScript } from './repository-script.ts';

/** What one job can do, and how it stands to publishing. */
export interface JobPower {
  readonly workflow: Workflow;
  readonly job: Job;
  /** By its own steps, by local actions and by the scripts of the repository that it runs. */
  readonly acts: readonly PublishAct[];
  /** May ask for an identity token. */
  readonly mintsIdentity: boolean;
  readonly registrySecrets: readonly SecretUse[];
  /** Why the job is on the publish path, in one clause; null for one that is not. */
  readonly onPath: string | null;
}

export interface PublishPath {
  readonly jobs: readonly JobPower[];
  /** Null for a job of another set of workflows. */
  of(job: Job): JobPower | null;
  /** Whether any job of the file is on the path. */
  touches(workflow: Workflow): boolean;
}

export interface PathInputs {
  readonly workflows: readonly Workflow[];
  readonly actions: readonly Action[];
  readonly scripts: RepositoryScripts;
}

const SCRIPT_DEPTH_MAX = 3;

export function findPublishPath(inputs: PathInputs): PublishPath {
  const found = inputs.workflows.flatMap((workflow) =>
    workflow.jobs.map((job): JobPower => describe(workflow, job, inputs)),
  );
  const reasons = new Map<Job, string>();
  for (const power of found) {
    const reason = ownReason(power);
    if (reason !== null) reasons.set(power.job, reason);
  }
  spread(found, reasons);
  const jobs = found.map((power) => ({ ...power, onPath: reasons.get(power.job) ?? null }));
  const byJob = new Map(jobs.map((power) => [power.job, power]));
  const touched = new Set(jobs.filter((one) => one.onPath !== null).map((one) => one.workflow));
  return {
    jobs,
    of: (job) => byJob.get(job) ?? null,
    touches: (workflow) => touched.has(workflow),
  };
}

function describe(workflow: Workflow, job: Job, inputs: PathInputs): JobPower {
  return {
    workflow,
    job,
    acts: job.steps.flatMap((step) => [...stepActs(workflow.source, step, inputs)]),
    mintsIdentity: mintsIdentity(workflow, job),
    registrySecrets: secretUses(workflow, job).filter(opensRegistry),
    onPath: null,
  };
}

/** What one step publishes. The place of an act in a script or local action is that of the step. */
function* stepActs(source: SourceText, step: Step, inputs: PathInputs): Generator<PublishAct> {
  const { run, uses } = step;
  if (run !== null) yield* runActs(source, step, run, inputs);
  if (uses === null) return;
  const act = publishAction(step);
  if (act !== null) yield { ...act, step, span: uses.scalar.span };
  if (uses.reference.kind !== 'local') return;
  for (const inner of localAction(uses.reference.path, inputs)?.steps ?? []) {
    for (const one of stepActs(source, inner, { ...inputs, actions: [] })) {
      yield { ...one, step, span: uses.scalar.span };
    }
  }
}

function* runActs(
  source: SourceText,
  step: Step,
  run: YamlScalar,
  inputs: PathInputs,
): Generator<PublishAct> {
  let isKnown = false;
  for (const command of stepCommands(step)) {
    for (const act of commandActs(command, inputs, 0)) {
      isKnown = true;
      yield { ...act, step, span: commandPlace(source, run, command) };
    }
  }
  const guess = isKnown ? null : guessAct(step);
  if (guess !== null) {
    yield { ...guess.act, step, span: commandPlace(source, run, guess.command) };
  }
}

function commandPlace(source: SourceText, run: YamlScalar, command: ShellCommand): Span {
  const last = command.words.at(-1);
  const length = last === undefined ? 0 : last.index + last.text.length - command.index;
  return placeInScalar(source, run, command.index, length);
}

/** The action of a folder of this repository, such as `./.github/actions/publish`. */
function localAction(path: string, inputs: PathInputs): Action | null {
  const folder = path.replace(/^\.\//, '').replace(/\/$/, '');
  const names = new Set([`${folder}/action.yml`, `${folder}/action.yaml`]);
  return inputs.actions.find((action) => names.has(action.source.path)) ?? null;
}

function* commandActs(
  command: ShellCommand,
  inputs: PathInputs,
  depth: number,
): Generator<ReadAct> {
  const act = publishCommand(command);
  if (act !== null) yield act;
  const script = inputs.scripts.get(startedScript(command.words.map((word) => word.text)) ?? '');
  if (script === undefined || depth >= SCRIPT_DEPTH_MAX) return;
  for (const inner of shellCommands(script)) yield* commandActs(inner, inputs, depth + 1);
}

function ownReason(power: JobPower): string | null {
  const [act] = power.acts;
  if (act !== undefined) return `it publishes with ${act.tool}`;
  if (power.mintsIdentity) return 'it may ask for an identity token';
  const [secret] = power.registrySecrets;
  if (secret !== undefined) return `it is given the registry secret ${secret.name}`;
  return null;
}

/** Adds every job that a job on the path takes something from, until nothing is added. */
function spread(found: readonly JobPower[], reasons: Map<Job, string>): void {
  const index = indexJobs(found);
  const queue = found.filter((power) => reasons.has(power.job));
  for (let power = queue.pop(); power !== undefined; power = queue.pop()) {
    for (const [source, reason] of sourcesOf(power, index)) {
      if (reasons.has(source.job)) continue;
      reasons.set(source.job, reason);
      queue.push(source);
    }
  }
}

/** Jobs by what others take from them, so that no job looks at each other one. */
interface JobIndex {
  /** By what runs together, then by id. */
  readonly byRun: ReadonlyMap<Workflow | string, ReadonlyMap<string, readonly JobPower[]>>;
  readonly byPath: ReadonlyMap<string, readonly JobPower[]>;
  readonly byName: ReadonlyMap<string, readonly JobPower[]>;
  readonly byCacheKey: ReadonlyMap<string, readonly JobPower[]>;
  readonly cacheSteps: readonly JobPower[];
}

function indexJobs(found: readonly JobPower[]): JobIndex {
  const fillers = found.flatMap((power) =>
    (power.job.pipeline?.caches ?? []).flatMap(({ policy, key }) =>
      policy === 'pull' ? [] : [{ key, power }],
    ),
  );
  const runs = [...Map.groupBy(found, ({ workflow }) => runOf(workflow))];
  return {
    byRun: new Map(runs.map(([run, jobs]) => [run, Map.groupBy(jobs, ({ job }) => job.id)])),
    byPath: Map.groupBy(found, ({ workflow }) => workflow.source.path),
    byName: Map.groupBy(found, ({ workflow }) => workflow.name?.text ?? ''),
    byCacheKey: new Map(
      [...Map.groupBy(fillers, ({ key }) => key)].map(([key, group]) => [
        key,
        group.map(({ power }) => power),
      ]),
    ),
    cacheSteps: found.filter(({ job }) => job.steps.some(isCacheStep)),
  };
}

function* sourcesOf(
  { workflow, job }: JobPower,
  index: JobIndex,
): Generator<readonly [JobPower, string]> {
  const { id } = job;
  const run = index.byRun.get(runOf(workflow));
  for (const { text } of job.needs) {
    for (const other of run?.get(text) ?? [])
      yield [other, `job ${id} on the publish path needs it`];
  }
  const uses = job.call?.uses.reference;
  const called = uses?.kind === 'local' ? uses.path.replace(/^\.\//, '') : '';
  for (const other of index.byPath.get(called) ?? []) {
    yield [other, `job ${id} on the publish path calls its workflow`];
  }
  for (const { text } of workflow.triggers.flatMap((trigger) => trigger.workflows)) {
    for (const other of index.byName.get(text) ?? []) {
      if (other.workflow === workflow) continue;
      yield [other, `the workflow of job ${id} on the publish path runs after it`];
    }
  }
  for (const other of cacheFillers(job, index)) {
    yield [other, `job ${id} on the publish path may restore the cache that it fills`];
  }
}

/** Jobs that fill what `job` may restore, where caches are named and where they are steps. */
function cacheFillers(job: Job, index: JobIndex): readonly JobPower[] {
  const named = (job.pipeline?.caches ?? []).flatMap(({ policy, key }) =>
    policy === 'push' ? [] : (index.byCacheKey.get(key) ?? []),
  );
  return job.steps.some(isCacheStep) ? [...named, ...index.cacheSteps] : named;
}

/** `actions/cache` by name; caches of set-up actions are for their rule. */
function isCacheStep(step: Step): boolean {
  if (step.uses === null) return false;
  return /^actions\/cache(?:\/|$)/.test(usesName(step.uses.reference));
}
