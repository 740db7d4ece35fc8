/**
 * GitHub Actions as a typed model: what a workflow file says, with the place of each part. Absent
 * parts are null, never a default: what holds then is a question for rules. GitLab's pipelines are
 * translated into the same model; what only they have is in `pipeline`.
 */
import type { Expression } from './expression.ts';
import type { Pipeline, PipelineJob } from './gitlab/pipeline.ts';
import type { SourceText, Span } from './source-text.ts';
import type { UsesReference } from './uses-reference.ts';
import type { YamlNode, YamlScalar } from './yaml/yaml-node.ts';

/** Whose language a file is written in. */
export type Forge = 'github' | 'gitlab';

export interface Workflow {
  readonly kind: 'workflow';
  readonly forge: Forge;
  /** What only GitLab's files have; null for all others. */
  readonly pipeline: Pipeline | null;
  readonly source: SourceText;
  /** Of the file's first key. */
  readonly keySpan: Span;
  readonly name: YamlScalar | null;
  readonly triggers: readonly Trigger[];
  /** Of the key `on`; of the whole file where there is none. */
  readonly triggersSpan: Span;
  readonly permissions: Permissions | null;
  readonly env: readonly NamedValue[];
  readonly concurrency: Concurrency | null;
  readonly defaultShell: YamlScalar | null;
  /** Of the key `jobs`. */
  readonly jobsKeySpan: Span;
  readonly jobs: readonly Job[];
}

/** One event; filters are null where they are not written. */
export interface Trigger {
  /** Such as `push`, `pull_request_target`, `workflow_dispatch`. */
  readonly event: string;
  readonly span: Span;
  readonly types: readonly YamlScalar[] | null;
  readonly branches: readonly YamlScalar[] | null;
  readonly branchesIgnore: readonly YamlScalar[] | null;
  readonly tags: readonly YamlScalar[] | null;
  readonly tagsIgnore: readonly YamlScalar[] | null;
  readonly paths: readonly YamlScalar[] | null;
  /** Names of the workflows that `workflow_run` waits for. */
  readonly workflows: readonly YamlScalar[];
  readonly inputs: readonly Input[];
}

/** An input of `workflow_dispatch`, `workflow_call` or an action. */
export interface Input {
  readonly name: string;
  readonly span: Span;
  readonly type: string | null;
  readonly isRequired: boolean;
  readonly options: readonly YamlScalar[];
  readonly default: YamlScalar | null;
}

export interface NamedValue {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: YamlScalar;
}

export type PermissionLevel = 'read' | 'write' | 'none';

/** `all` is set by `read-all` and `write-all`; what is in neither is `none`. */
export interface Permissions {
  /** Of the key `permissions`. */
  readonly keySpan: Span;
  readonly all: 'read' | 'write' | null;
  readonly scopes: ReadonlyMap<string, Scope>;
}

export interface Scope {
  readonly level: PermissionLevel;
  readonly span: Span;
}

export interface Concurrency {
  readonly span: Span;
  readonly group: YamlScalar | null;
  readonly cancelInProgress: YamlScalar | null;
}

/** `tree` is null where the condition cannot be read. */
export interface Condition {
  readonly scalar: YamlScalar;
  readonly tree: Expression | null;
  /**
   * Text around `${{ }}` makes a condition a non-empty string, which is always true. Source: GitHub
   * documentation, "Expressions", and the runner's behaviour since 2019.
   */
  readonly isAlwaysTrueText: boolean;
}

export interface Job {
  readonly id: string;
  readonly idSpan: Span;
  readonly span: Span;
  readonly name: YamlScalar | null;
  readonly needs: readonly YamlScalar[];
  readonly condition: Condition | null;
  readonly permissions: Permissions | null;
  readonly environment: Environment | null;
  readonly concurrency: Concurrency | null;
  readonly runsOn: RunsOn | null;
  readonly env: readonly NamedValue[];
  readonly defaultShell: YamlScalar | null;
  readonly timeoutMinutes: YamlScalar | null;
  readonly continueOnError: YamlScalar | null;
  readonly matrix: YamlNode | null;
  readonly container: Container | null;
  readonly services: readonly Container[];
  readonly outputs: readonly NamedValue[];
  readonly steps: readonly Step[];
  /** Of a job that calls a reusable workflow; such a job has no steps. */
  readonly call: WorkflowCall | null;
  /** What only GitLab's jobs have; null for all others. */
  readonly pipeline: PipelineJob | null;
}

export interface WorkflowCall {
  readonly uses: Uses;
  readonly inputs: readonly NamedValue[];
  readonly secrets: 'inherit' | readonly NamedValue[];
  /** Of the key `secrets`, or null where it is missing. */
  readonly secretsSpan: Span | null;
}

export interface Environment {
  readonly span: Span;
  readonly name: YamlScalar | null;
}

export interface RunsOn {
  readonly span: Span;
  /** Labels as written; an expression is one label. */
  readonly labels: readonly YamlScalar[];
  /** Of the form with `group`. */
  readonly group: YamlScalar | null;
}

export interface Container {
  readonly image: YamlScalar;
  readonly uses: Extract<UsesReference, { kind: 'docker' }>;
  /** User name and password for the image's registry. */
  readonly credentials: readonly NamedValue[];
  readonly env: readonly NamedValue[];
}

export interface Uses {
  readonly scalar: YamlScalar;
  readonly reference: UsesReference;
  /** The comment behind it on its line, without `#` and outer white space; '' for none. */
  readonly comment: string;
}

/** `uses` or `run` is there, or neither in a broken file. */
export interface Step {
  readonly index: number;
  readonly span: Span;
  /** Of the step's first key. */
  readonly keySpan: Span;
  readonly id: YamlScalar | null;
  readonly name: YamlScalar | null;
  readonly condition: Condition | null;
  readonly uses: Uses | null;
  readonly run: YamlScalar | null;
  /** Of the key `run`. */
  readonly runKeySpan: Span | null;
  readonly shell: YamlScalar | null;
  readonly workingDirectory: YamlScalar | null;
  readonly inputs: readonly NamedValue[];
  /** Of the key `with`. */
  readonly inputsKeySpan: Span | null;
  readonly env: readonly NamedValue[];
  /** Of the key `env`. */
  readonly envKeySpan: Span | null;
  readonly timeoutMinutes: YamlScalar | null;
  readonly continueOnError: YamlScalar | null;
}

/** An `action.yml`; only composite ones have steps. */
export interface Action {
  readonly kind: 'action';
  readonly source: SourceText;
  readonly name: YamlScalar | null;
  readonly inputs: readonly Input[];
  readonly using: YamlScalar | null;
  readonly steps: readonly Step[];
}

/** Names what runs together: the files of one pipeline, else one workflow. */
export function runOf(workflow: Workflow): Workflow | string {
  return workflow.pipeline?.root ?? workflow;
}

/** Files of one pipeline run together. */
export function isSameRun(left: Workflow, right: Workflow): boolean {
  return runOf(left) === runOf(right);
}

/** The value of an input, environment variable or secret; names do not tell case apart. */
export function namedValue(values: readonly NamedValue[], name: string): YamlScalar | null {
  const wanted = name.toLowerCase();
  return values.find((one) => one.name.toLowerCase() === wanted)?.value ?? null;
}
