/**
 * From `.gitlab-ci.yml` and the local files that it includes to the model of workflows: one workflow a
 * file, with the jobs that the file has the last word on. What other files give to a job stands at
 * the place that takes it in.
 */

import type { RepositoryFile } from '../repository.ts';
import { SourceText, type Span } from '../source-text.ts';
import type { Job, Trigger, Workflow } from '../workflow.ts';
import { entryOf, readYaml, valueAt, type YamlMap, type YamlNode } from '../yaml/yaml-node.ts';
import { type ConfigEntry, type ConfigFile, isJob, PipelineConfig } from './pipeline-config.ts';
import { localPaths, readIncludes } from './pipeline-include.ts';
import { readPipelineJob, readVariables, translate } from './pipeline-job.ts';
import { flattenMergeKeys, WorkBudget } from './pipeline-node.ts';
import { readNeeds, type StagedJob } from './pipeline-stage.ts';
import type { Start } from './pipeline-start.ts';
import { readRules, startsOf } from './pipeline-trigger.ts';

/** All pipelines of a repository, and what of them could not be read. */
export interface PipelineFiles {
  readonly workflows: readonly Workflow[];
  readonly problems: readonly PipelineProblem[];
}

export interface PipelineProblem {
  readonly source: SourceText;
  readonly span: Span;
  readonly message: string;
}

/** Where GitLab looks when nobody says otherwise. */
const PIPELINE_PATH = '.gitlab-ci.yml';

/** GitLab takes 150 files; the others are bounds of our own, for all pipelines of a repository together. */
const FILES_MAX = 150;
const PIPELINES_MAX = 20;
const JOBS_MAX = 1_500;
const STEPS_MAX = 5_000;
const SCRIPT_LENGTH_MAX = 4 * 1024 * 1024;

/** Reads the pipeline of the root and all child pipelines; none where there is no `.gitlab-ci.yml`. */
export function readPipelines(files: ReadonlyMap<string, RepositoryFile>): PipelineFiles {
  const reader = new PipelineReader(files);
  const text = files.get(PIPELINE_PATH)?.text ?? null;
  if (text !== null) reader.readAll(PIPELINE_PATH);
  return { workflows: reader.workflows, problems: reader.problems };
}

class PipelineReader {
  readonly workflows: Workflow[] = [];
  readonly problems: PipelineProblem[] = [];
  readonly #files: ReadonlyMap<string, RepositoryFile>;
  /** What a local include may name. */
  readonly #paths: ReadonlySet<string>;
  readonly #read = new Map<string, ConfigFile | null>();
  readonly #budget = new WorkBudget();
  readonly #room = { jobs: JOBS_MAX, steps: STEPS_MAX, length: SCRIPT_LENGTH_MAX };
  readonly #told = new Set<string>();

  constructor(files: ReadonlyMap<string, RepositoryFile>) {
    this.#files = files;
    this.#paths = new Set([...files.keys()].filter((path) => /\.ya?ml$/.test(path)));
  }

  readAll(root: string): void {
    // the map grows while it is walked; of several jobs that start one child the first counts
    const roots = new Map<string, readonly Start[] | null>([[root, null]]);
    for (const [path, parentStarts] of roots) {
      for (const workflow of this.#readPipeline(path, parentStarts)) {
        this.workflows.push(workflow);
        for (const [child, starts] of childPipelines(workflow)) {
          const isNew = this.#files.has(child) && !roots.has(child);
          if (isNew && roots.size < PIPELINES_MAX) roots.set(child, starts);
        }
      }
    }
  }

  #readPipeline(root: string, parentStarts: readonly Start[] | null): readonly Workflow[] {
    const files: ConfigFile[] = [];
    this.#collect(root, files, new Set());
    const file = files.at(-1);
    if (file === undefined) return [];
    const config = new PipelineConfig(files, this.#budget);
    const entries = config.entries().filter(({ entry }) => isJob(entry));
    this.#room.jobs -= entries.length;
    if (this.#room.jobs < 0) {
      return this.#refuse(file, `brings the pipelines to more than ${JOBS_MAX} jobs`);
    }
    const assembler = new Assembler(config, file, entries, parentStarts, this.#room);
    const workflows = files.map((one) => assembler.assemble(one));
    if (this.#budget.isSpent) return this.#refuse(file, 'grows too large when it is put together');
    return this.#room.steps < 0 || this.#room.length < 0
      ? this.#refuse(
          file,
          `brings the pipelines to more than ${STEPS_MAX} lines of scripts, or to too long ones`,
        )
      : workflows;
  }

  #refuse({ source }: ConfigFile, message: string): readonly Workflow[] {
    this.problems.push({ source, span: { start: 0, end: source.lineEnd(0) }, message });
    return [];
  }

  /** Included files come before the one that includes them, which has the last word. */
  #collect(path: string, files: ConfigFile[], open: Set<string>): void {
    open.add(path);
    const file = this.#readFile(path);
    if (file === null) return;
    for (const { kind, name } of readIncludes(valueAt(file.root, 'include')).slice(0, FILES_MAX)) {
      if (kind !== 'local') continue;
      const paths = localPaths(name.text, this.#paths);
      const unseen = paths.length === 0 || paths.some((one) => this.#files.get(one)?.text === null);
      if (unseen) {
        const message = `includes ${name.text.slice(0, 100)}, which could not be seen`;
        this.#tell({ source: file.source, span: name.span, message });
      }
      for (const one of paths) {
        if (!open.has(one) && open.size < FILES_MAX) this.#collect(one, files, open);
      }
    }
    files.push(file);
  }

  #readFile(path: string): ConfigFile | null {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    const text = this.#files.get(path)?.text ?? null;
    const file = text === null ? null : this.#parse(new SourceText(path, text));
    this.#read.set(path, file);
    return file;
  }

  #parse(source: SourceText): ConfigFile | null {
    const { root, problems } = readYaml(source, 'pipeline');
    for (const { message, span } of problems) this.#tell({ source, span, message });
    if (root === null && problems.length > 0) return null;
    const flat = root === null ? null : flattenMergeKeys(root, this.#budget);
    if (flat?.kind === 'map') return { source, root: flat };
    const span = { start: 0, end: source.lineEnd(0) };
    this.#tell({ source, span, message: 'is no pipeline: it needs a map of jobs' });
    return null;
  }

  /** Once: child pipelines include the same files again. */
  #tell(problem: PipelineProblem): void {
    const key = JSON.stringify([problem.source.path, problem.span.start]);
    if (!this.#told.has(key)) this.problems.push(problem);
    this.#told.add(key);
  }
}

/** Files that its jobs start as pipelines of their own, and what starts those jobs. */
function childPipelines({ jobs }: Workflow): readonly (readonly [string, readonly Start[]])[] {
  return jobs.flatMap(({ call, pipeline }) => {
    const reference = call?.uses.reference;
    if (reference?.kind !== 'local') return [];
    return [[reference.path.slice(2), startsOf(pipeline?.triggers ?? [])] as const];
  });
}

/** What stood at the top of a file before `default` was there, and still counts. */
const OLD_DEFAULTS = ['image', 'services', 'cache', 'before_script', 'after_script'];

/** Makes the workflows of one pipeline. */
class Assembler {
  readonly #config: PipelineConfig;
  readonly #root: ConfigFile;
  readonly #jobs: readonly (StagedJob & ConfigEntry)[];
  readonly #needs: ReturnType<typeof readNeeds>;
  readonly #parentStarts: readonly Start[] | null;
  readonly #room: { steps: number; length: number };

  constructor(
    config: PipelineConfig,
    root: ConfigFile,
    entries: readonly ConfigEntry[],
    parentStarts: readonly Start[] | null,
    room: { steps: number; length: number },
  ) {
    this.#room = room;
    this.#config = config;
    this.#parentStarts = parentStarts;
    this.#root = root;
    this.#jobs = entries.map(({ file, entry }) => ({
      file,
      entry,
      id: entry.key,
      idSpan: entry.keySpan,
      body: config.job(entry.key, file, entry.keySpan),
    }));
    this.#needs = readNeeds(this.#jobs, config.value('stages', root, firstKey(root)));
  }

  assemble(file: ConfigFile): Workflow {
    const { source, root } = file;
    const keySpan = firstKey(file);
    const jobs = this.#readJobs(file);
    const variables = readVariables(valueAt(root, 'variables'));
    const defined = new Set(
      variables.filter((one) => one.value.text !== '').map((one) => one.name),
    );
    return {
      kind: 'workflow',
      forge: 'gitlab',
      pipeline: {
        root: this.#root.source.path,
        includes: readIncludes(valueAt(root, 'include')),
      },
      source,
      keySpan,
      name: null,
      triggers: unite(jobs),
      triggersSpan: entryOf(root, 'workflow')?.keySpan ?? keySpan,
      permissions: null,
      env: variables.map((one) => translate(one, defined)),
      concurrency: null,
      defaultShell: null,
      jobsKeySpan: jobs[0]?.idSpan ?? keySpan,
      jobs,
    };
  }

  #readJobs(file: ConfigFile): readonly Job[] {
    const at = firstKey(file);
    const value = (key: string): YamlNode | null => this.#config.value(key, file, at);
    const rules = valueAt(value('workflow'), 'rules');
    const shared = {
      source: file.source,
      defaults: [value('default'), this.#oldDefaults(value, at)].flatMap((one) => one ?? []),
      variables: readVariables(value('variables')),
      workflowStarts: rules === null ? null : readRules(rules, null).starts,
      parentStarts: this.#parentStarts,
    };
    const own = this.#jobs.filter((job) => job.file === file);
    return own.map(({ id, idSpan, entry, body }) => {
      const job = readPipelineJob({
        ...shared,
        id,
        idSpan,
        span: { start: idSpan.start, end: Math.max(idSpan.end, entry.value.span.end) },
        body,
        isPartial: !this.#config.isWhole(id),
        needs: this.#needs.get(id) ?? [],
        stepsMax: Math.max(0, this.#room.steps),
        lengthMax: this.#room.length,
      });
      this.#room.steps -= job.steps.length;
      for (const { run } of job.steps) this.#room.length -= run?.text.length ?? 0;
      return job;
    });
  }

  #oldDefaults(value: (key: string) => YamlNode | null, span: Span): YamlMap {
    const entries = OLD_DEFAULTS.flatMap((key) => {
      const found = value(key);
      const keySpan = entryOf(this.#root.root, key)?.keySpan;
      return found === null ? [] : [{ key, keySpan: keySpan ?? span, value: found }];
    });
    return { kind: 'map', span, entries };
  }
}

function firstKey({ root }: ConfigFile): Span {
  return root.entries[0]?.keySpan ?? root.span;
}

/** The triggers of all jobs, each once. */
function unite(jobs: readonly Job[]): readonly Trigger[] {
  const found = new Map<string, Trigger>();
  for (const trigger of jobs.flatMap((job) => job.pipeline?.triggers ?? [])) {
    const { event, tags, branches } = trigger;
    const key = JSON.stringify([event, tags?.[0]?.text, branches?.[0]?.text]);
    if (!found.has(key)) found.set(key, trigger);
  }
  return [...found.values()];
}
