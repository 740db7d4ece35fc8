/** What GitLab's pipelines have and GitHub's workflows do not. */
import type { Span } from '../source-text.ts';
import type { Trigger } from '../workflow.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

/** Of one file. A pipeline is a root file and all local files that it includes. */
export interface Pipeline {
  /** Path of the root file: jobs of files with the same root run in one pipeline. */
  readonly root: string;
  /** What this file includes, local files too. */
  readonly includes: readonly Include[];
}

/** Source: GitLab documentation, "CI/CD YAML syntax reference", `include`. */
export interface Include {
  readonly kind: 'local' | 'remote' | 'project' | 'template' | 'component' | 'artifact';
  /** Path, address, project, template or component, as written. */
  readonly name: YamlScalar;
  /** Of a project; null where it is missing. */
  readonly ref: YamlScalar | null;
  /** Of a remote file; null where it is missing. */
  readonly integrity: YamlScalar | null;
}

/** Of one job. */
export interface PipelineJob {
  /** What starts it, by `workflow:rules` and its own `rules`, `only` and `except`. */
  readonly triggers: readonly PipelineTrigger[];
  /** Whether it extends something that only another project knows. */
  readonly isPartial: boolean;
  /** Whether it makes a release at the forge, of which watchers are told. */
  readonly makesRelease: boolean;
  /** Of the first `when: manual`; null where nobody needs to press a button. */
  readonly manualSpan: Span | null;
  /** Of `artifacts` with paths: what later jobs find in their folder; null where it leaves nothing. */
  readonly artifactsSpan: Span | null;
  /** The jobs whose artifacts it takes; null for all before it. */
  readonly dependencies: readonly YamlScalar[] | null;
  readonly caches: readonly Cache[];
  readonly idTokens: readonly IdToken[];
}

/** Tags and branches are names, or regular expressions between slashes; `*` for all. */
export interface PipelineTrigger extends Trigger {
  /** Whether it asks for a protected branch or tag. */
  readonly isProtected: boolean;
}

/** Source: GitLab documentation, "CI/CD YAML syntax reference", `cache`. */
export interface Cache {
  readonly span: Span;
  /** As written; `default` where it is missing. */
  readonly key: string;
  readonly policy: 'pull' | 'push' | 'pull-push';
}

/** Source: GitLab documentation, "CI/CD YAML syntax reference", `id_tokens`. */
export interface IdToken {
  readonly name: string;
  readonly span: Span;
  readonly audiences: readonly YamlScalar[];
}
