/**
 * What a posture rule is. One rule, one file in rules/; rule-set.ts lists them. A rule reads the
 * audit's context and yields what it found; the audit places, counts and scores it.
 */
import type { Confidence, Finding } from '../core/finding.ts';
import type { PublishPath } from './publish/publish-path.ts';
import type { GatewayFacts, PinLookup, RepositoryFile } from './repository.ts';
import type { ObservedSettings } from './settings.ts';
import type { SourceText, Span } from './source-text.ts';
import { usesRepository } from './uses-reference.ts';
import type { Action, Condition, Forge, Job, Step, Uses, Workflow } from './workflow.ts';

export const AREAS = ['access-control', 'token-security', 'validation', 'audit-trail'] as const;
export type Area = (typeof AREAS)[number];

/** As reports call them. */
export const AREA_TITLES: Readonly<Record<Area, string>> = {
  'access-control': 'Access Control',
  'token-security': 'Token Security',
  validation: 'Validation',
  'audit-trail': 'Audit Trail',
};

/** Whether something was read in files, seen at a forge or registry, or could not be seen. */
export type EvidenceGrade = 'declared' | 'observed' | 'unverified';

/**
 * What a rule is about, and so when it counts in the score: the jobs on the publish path, every
 * workflow, the repository's other files, or the settings of forge and registries.
 */
export type RuleScope = 'publish-path' | 'workflows' | 'repository' | 'settings';

/** Sentences without full stops. `incidents` are ids of docs/incidents.md. */
export interface PostureRule {
  /** Kebab-case; stands in findings and documentation for ever. */
  readonly id: string;
  /** The row of the reference table, such as `W07`; null for rules beyond it. */
  readonly reference: string | null;
  readonly severity: Finding['severity'];
  readonly confidence: Confidence;
  readonly area: Area;
  readonly scope: RuleScope;
  /** Whose workflows it is shown; left out: GitHub's alone. */
  readonly forges?: readonly Forge[];
  /** In whose files its fixes are sound; left out: in GitHub's alone. */
  readonly fixForges?: readonly Forge[];
  /** What the rule asks for, in one sentence. */
  readonly about: string;
  /** What an attacker does, or what goes wrong by accident. */
  readonly attack: string;
  /** What to do about a finding. */
  readonly mend: string;
  readonly incidents: readonly string[];
  readonly examples: { readonly bad: readonly BadExample[]; readonly fine: readonly Example[] };
  /** Whether there is anything to ask of this repository; left out: by the scope alone. */
  readonly applies?: (context: AuditContext) => boolean;
  readonly check: (context: AuditContext) => Iterable<Problem>;
}

/** What all rules look at. */
export interface AuditContext {
  readonly files: ReadonlyMap<string, RepositoryFile>;
  readonly workflows: readonly Workflow[];
  readonly actions: readonly Action[];
  /** Workflows and actions that could not be read, and why. */
  readonly unread: readonly Problem[];
  readonly path: PublishPath;
  readonly gateway: GatewayFacts | null;
  readonly settings: ObservedSettings | null;
  /** Why there are no settings; '' where there are. */
  readonly settingsMissing: string;
  /** Accounts at registries that are the team's own; null where nobody has named them. */
  readonly team: readonly string[] | null;
  readonly pins: PinLookup;
}

/** One answer. What is left out is the rule's own; `evidence` is then `declared`. */
export interface Problem {
  /** The file, or null for a setting. */
  readonly source: SourceText | null;
  readonly span: Span | null;
  /** Lower case, no full stop; names the thing and says what was found. */
  readonly message: string;
  /** The job that it is about: decides whether it is on the publish path. */
  readonly job?: Job;
  readonly severity?: Finding['severity'];
  readonly confidence?: Confidence;
  readonly evidence?: EvidenceGrade;
  /** In place of the rule's own, where the gateway's mode asks for something else. */
  readonly mend?: string;
  readonly fix?: Fix;
}

/** A change that mends one problem. */
export interface Fix {
  /** What is done, in the imperative, lower case. */
  readonly about: string;
  /** Whether a run may do something else afterwards: such a fix is asked about first. */
  readonly changesBehaviour: boolean;
  readonly edits: readonly FileEdit[];
}

/** Replaces what stands from `start` to `end`, or sets the mode in the index. */
export type FileEdit =
  | {
      readonly kind: 'text';
      readonly path: string;
      readonly start: number;
      readonly end: number;
      readonly text: string;
    }
  | { readonly kind: 'mode'; readonly path: string; readonly mode: '100644' | '100755' };

/** The edit that replaces text. */
export type TextEdit = Extract<FileEdit, { kind: 'text' }>;

/** An example that tests run and docs/posture-rules.md shows. `files` by path, from the root. */
export interface Example {
  readonly about: string;
  readonly files: Readonly<Record<string, string>>;
  readonly modes?: Readonly<Record<string, RepositoryFile['mode']>>;
  readonly gateway?: GatewayFacts;
  readonly settings?: ObservedSettings;
  readonly team?: readonly string[];
  readonly pins?: PinLookup;
}

/** `found`: every finding of the rule, as `path:line`, or `settings` for one without a file. */
export interface BadExample extends Example {
  readonly found: readonly string[];
  /** The files that a fix changes, as they are afterwards. */
  readonly fixed?: Readonly<Record<string, string>>;
}

/** A step with where it stands; `job` is null in an action. */
export interface StepPlace {
  readonly source: SourceText;
  readonly workflow: Workflow | null;
  readonly job: Job | null;
  readonly step: Step;
}

/** Every job with its workflow. */
export function* eachJob(context: AuditContext): Generator<{ workflow: Workflow; job: Job }> {
  for (const workflow of context.workflows)
    for (const job of workflow.jobs) yield { workflow, job };
}

/** Every step of workflows and composite actions. */
export function* eachStep(context: AuditContext): Generator<StepPlace> {
  for (const { workflow, job } of eachJob(context)) {
    for (const step of job.steps) yield { source: workflow.source, workflow, job, step };
  }
  for (const action of context.actions) {
    for (const step of action.steps)
      yield { source: action.source, workflow: null, job: null, step };
  }
}

/** Every condition of a job or step; `workflow` and `job` are null in an action. */
export function* eachCondition(
  context: AuditContext,
): Generator<Omit<StepPlace, 'step'> & { condition: Condition }> {
  for (const { workflow, job } of eachJob(context)) {
    const { condition } = job;
    if (condition !== null) yield { source: workflow.source, workflow, job, condition };
  }
  for (const { source, workflow, job, step } of eachStep(context)) {
    if (step.condition !== null) yield { source, workflow, job, condition: step.condition };
  }
}

/** `owner/name` of every action and reusable workflow of another repository, each once. */
export function usedRepositories(context: AuditContext): readonly string[] {
  const calls = [...eachJob(context)].map(({ job }) => job.call?.uses ?? null);
  const used = [...calls, ...[...eachStep(context)].map(({ step }) => step.uses)];
  const names = used.flatMap((uses) =>
    uses?.reference.kind === 'repository' ? [usesRepository(uses.reference)] : [],
  );
  return [...new Set(names)];
}

/** Every `uses` of steps and of jobs that call a workflow. */
export function* eachUses(
  context: AuditContext,
): Generator<{ source: SourceText; job: Job | null; uses: Uses }> {
  for (const { source, job, step } of eachStep(context)) {
    if (step.uses !== null) yield { source, job, uses: step.uses };
  }
  for (const { workflow, job } of eachJob(context)) {
    if (job.call !== null) yield { source: workflow.source, job, uses: job.call.uses };
  }
}

/** Whether the job is on the publish path. */
export function isOnPath(context: AuditContext, job: Job): boolean {
  return (context.path.of(job)?.onPath ?? null) !== null;
}

/** The files of an example that is one pipeline of GitLab's. */
export function pipelineFile(text: string): Readonly<Record<string, string>> {
  return { '.gitlab-ci.yml': text };
}

/** The files of an example that is one workflow. */
export function workflowFile(text: string, name = 'release'): Readonly<Record<string, string>> {
  return { [`.github/workflows/${name}.yml`]: text };
}
