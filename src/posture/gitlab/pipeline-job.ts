/** One job of a pipeline as the model's job. Source: GitLab documentation, "CI/CD YAML syntax reference". */

import type { SourceText, Span } from '../source-text.ts';
import { parseImage, parseUses } from '../uses-reference.ts';
import type {
  Concurrency,
  Container,
  Job,
  NamedValue,
  Permissions,
  Step,
  WorkflowCall,
} from '../workflow.ts';
import {
  asScalar,
  asScalars,
  entriesOf,
  entryOf,
  valueAt,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../yaml/yaml-node.ts';
import type { Cache, IdToken, PipelineJob } from './pipeline.ts';
import { flatScalars } from './pipeline-config.ts';
import {
  asSecret,
  assignedNames,
  expandVariables,
  type KnownVariables,
  scriptSecrets,
  translateValue,
} from './pipeline-secret.ts';
import { meetStarts, type Start } from './pipeline-start.ts';
import { readTiming, triggersOf } from './pipeline-trigger.ts';

/** A job after everything that it extends, with what surrounds it. */
export interface JobInputs {
  readonly source: SourceText;
  readonly id: string;
  readonly idSpan: Span;
  /** Of the entry as it is written. */
  readonly span: Span;
  readonly body: YamlMap;
  /** Whether something that it extends could not be seen. */
  readonly isPartial: boolean;
  /** What `default` and the old top-level keys give it; empty maps for none. */
  readonly defaults: readonly YamlNode[];
  readonly variables: readonly NamedValue[];
  readonly needs: readonly YamlScalar[];
  /** By `workflow:rules`; null where there are none. */
  readonly workflowStarts: readonly Start[] | null;
  /** Of a child pipeline, what starts the job that starts it; null for all others. */
  readonly parentStarts: readonly Start[] | null;
  /** How many steps it may have, and how many characters these. */
  readonly stepsMax: number;
  readonly lengthMax: number;
}

const SCRIPTS = [
  ['hooks', 'pre_get_sources_script'],
  ['before_script'],
  ['script'],
  ['run'],
  ['after_script'],
] as const;

/** The job; what its language does not have is null or empty. */
export function readPipelineJob(inputs: JobInputs): Job {
  const { source, body, id, idSpan, span } = inputs;
  const own = (key: string): YamlNode | null => inheritedEntry(inputs, key)?.value ?? null;
  const idTokens = readIdTokens(own('id_tokens'));
  const written = readVariables(valueAt(body, 'variables'));
  const known = knownVariables([...inputs.variables, ...written], idTokens);
  const names = new Map([...inputs.variables, ...written].map((one) => [one.name, one.value.text]));
  const timing = readTiming(body, idSpan);
  const pipeline: PipelineJob = {
    isPartial: inputs.isPartial,
    makesRelease: valueAt(body, 'release') !== null,
    triggers: triggersOf(withinPipeline(timing.starts, inputs)),
    manualSpan: timing.manualSpan,
    artifactsSpan: readArtifacts(inheritedEntry(inputs, 'artifacts')),
    dependencies: readDependencies(valueAt(body, 'dependencies')),
    caches: readCaches(inheritedEntry(inputs, 'cache')),
    idTokens,
  };
  return {
    id,
    idSpan,
    span,
    name: null,
    needs: inputs.needs,
    condition:
      timing.condition === null
        ? null
        : { scalar: timing.condition, tree: null, isAlwaysTrueText: false },
    permissions: readPermissions(inheritedEntry(inputs, 'id_tokens'), idTokens),
    environment: readEnvironment(entryOf(body, 'environment')),
    concurrency: readConcurrency(body, own('interruptible')),
    runsOn: readTags(inheritedEntry(inputs, 'tags')),
    env: [...written.map((one) => translate(one, known.defined)), ...vaultSecrets(body)],
    defaultShell: null,
    timeoutMinutes: readTimeout(asScalar(own('timeout'))),
    continueOnError: asScalar(valueAt(body, 'allow_failure')),
    matrix: valueAt(valueAt(body, 'parallel'), 'matrix'),
    container: readImage(own('image'), names),
    services: listItems(own('services')).flatMap((one) => readImage(one, names) ?? []),
    outputs: [],
    steps: readSteps(source, inputs, known),
    call: readChild(valueAt(body, 'trigger')),
    pipeline,
  };
}

/** A job runs where its pipeline runs, and a child pipeline where its parent's job does. */
function withinPipeline(
  own: readonly Start[],
  { workflowStarts, parentStarts }: JobInputs,
): readonly Start[] {
  const met = workflowStarts === null ? own : meetStarts(own, workflowStarts);
  if (parentStarts === null) return met;
  const called = met.map((one) => (one.event === 'workflow_call' ? { ...one, event: null } : one));
  return meetStarts(called, parentStarts);
}

/** The job's own entry, or that of the defaults where it has none and takes them. */
function inheritedEntry({ body, defaults }: JobInputs, key: string): YamlEntry | null {
  const own = entryOf(body, key);
  if (own !== null) return own;
  const inherit = valueAt(valueAt(body, 'inherit'), 'default');
  if (asScalar(inherit)?.text === 'false') return null;
  if (inherit?.kind === 'list' && !asScalars(inherit).some(({ text }) => text === key)) return null;
  for (const one of defaults) {
    const found = entryOf(one, key);
    if (found !== null) return found;
  }
  return null;
}

/** `variables` with their values, of which some stand below `value`. */
export function readVariables(node: YamlNode | null): readonly NamedValue[] {
  return entriesOf(node).flatMap(({ key, keySpan, value }) => {
    const scalar = asScalar(value) ?? asScalar(valueAt(value, 'value'));
    return scalar === null ? [] : [{ name: key, nameSpan: keySpan, value: scalar }];
  });
}

/** A value with its secrets in the model's words. */
export function translate(one: NamedValue, defined: ReadonlySet<string>): NamedValue {
  return { ...one, value: translateValue(one.value, defined) };
}

function knownVariables(
  variables: readonly NamedValue[],
  idTokens: readonly IdToken[],
): KnownVariables {
  // an empty value is a place for one of the settings, which have the last word
  const written = variables.filter(({ name, value }) => value.text !== '' && !names(value, name));
  return {
    defined: new Set([...written.map(({ name }) => name), ...idTokens.map(({ name }) => name)]),
    hasIdentity: idTokens.length > 0,
  };
}

/** `NPM_TOKEN: $NPM_TOKEN` defines nothing. */
function names(value: YamlScalar, name: string): boolean {
  return value.text === `$${name}` || value.text === `\${${name}}`;
}

/** What `secrets` fetches from a vault. */
function vaultSecrets(body: YamlMap): readonly NamedValue[] {
  return entriesOf(valueAt(body, 'secrets')).map(({ key, keySpan }) => asSecret(key, key, keySpan));
}

function readIdTokens(node: YamlNode | null): readonly IdToken[] {
  return entriesOf(node).map(({ key, keySpan, value }) => ({
    name: key,
    span: keySpan,
    audiences: asScalars(valueAt(value, 'aud')),
  }));
}

function readPermissions(entry: YamlEntry | null, [first]: readonly IdToken[]): Permissions | null {
  if (entry === null || first === undefined) return null;
  const scopes = new Map([['id-token', { level: 'write', span: first.span } as const]]);
  return { keySpan: entry.keySpan, all: null, scopes };
}

function readEnvironment(entry: YamlEntry | null): Job['environment'] {
  if (entry === null) return null;
  const { value, keySpan } = entry;
  return { span: keySpan, name: asScalar(value) ?? asScalar(valueAt(value, 'name')) };
}

function readConcurrency(body: YamlMap, interruptible: YamlNode | null): Concurrency | null {
  const group = entryOf(body, 'resource_group');
  const cancel = asScalar(interruptible);
  if (group === null && cancel === null) return null;
  return {
    span: group?.keySpan ?? cancel?.span ?? body.span,
    group: asScalar(group?.value ?? null),
    cancelInProgress: cancel,
  };
}

function readTags(entry: YamlEntry | null): Job['runsOn'] {
  if (entry === null) return null;
  return { span: entry.keySpan, labels: asScalars(entry.value), group: null };
}

const MINUTES: readonly (readonly [RegExp, number])[] = [
  [/^w(?:eeks?|ks?)?$/, 7 * 24 * 60],
  [/^d(?:ays?)?$/, 24 * 60],
  [/^h(?:ours?|rs?)?$/, 60],
  [/^m(?:in(?:ute)?s?)?$/, 1],
  [/^s(?:ec(?:ond)?s?)?$/, 1 / 60],
];

/** `1h 30m` and its like as minutes; as written where it is something else. */
function readTimeout(scalar: YamlScalar | null): YamlScalar | null {
  if (scalar === null) return null;
  let minutes = 0;
  for (const [, count = '0', unit = ''] of scalar.text.matchAll(/(\d{1,6})\s*([a-z]*)/gi)) {
    const factor = MINUTES.find(([pattern]) => pattern.test(unit.toLowerCase()))?.[1];
    // a bare number is of seconds
    minutes += Number(count) * (factor ?? 1 / 60);
  }
  return minutes === 0 ? scalar : { ...scalar, text: String(Math.ceil(minutes)) };
}

function readImage(
  node: YamlNode | null,
  variables: ReadonlyMap<string, string>,
): Container | null {
  const written = asScalar(node) ?? asScalar(valueAt(node, 'name'));
  if (written === null) return null;
  const image = expandVariables(written, variables);
  return { image, uses: parseImage(image.text), credentials: [], env: [] };
}

function listItems(node: YamlNode | null): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** Reports are read by the forge and no later job. */
function readArtifacts(entry: YamlEntry | null): Span | null {
  const hasFiles = ['paths', 'untracked'].some(
    (key) => valueAt(entry?.value ?? null, key) !== null,
  );
  return entry !== null && hasFiles ? entry.keySpan : null;
}

function readDependencies(node: YamlNode | null): readonly YamlScalar[] | null {
  return node === null ? null : asScalars(node);
}

function readCaches(entry: YamlEntry | null): readonly Cache[] {
  if (entry === null) return [];
  // GitLab takes four caches a job
  const all = entry.value.kind === 'list' ? entry.value.items.slice(0, 4) : [entry.value];
  return all.flatMap((node) => {
    if (node.kind !== 'map' || node.entries.length === 0) return [];
    const policy = asScalar(valueAt(node, 'policy'))?.text;
    const key = valueAt(node, 'key');
    const files = asScalars(valueAt(key, 'files')).map(({ text }) => text);
    return {
      span: entry.keySpan,
      key: asScalar(key)?.text ?? (key === null ? 'default' : `files:${files.join()}`),
      policy: policy === 'pull' || policy === 'push' ? policy : 'pull-push',
    };
  });
}

/** A child pipeline of this repository is a call; another project's is only known to that project. */
function readChild(trigger: YamlNode | null): WorkflowCall | null {
  const include = valueAt(trigger, 'include');
  const first = include?.kind === 'list' ? (include.items[0] ?? null) : include;
  const path = asScalar(first) ?? asScalar(valueAt(first, 'local'));
  if (path === null) return null;
  const reference = parseUses(`./${path.text.replace(/^[./]*\//, '')}`);
  const uses = { scalar: path, reference, comment: '' };
  return { uses, inputs: [], secrets: [], secretsSpan: null };
}

function readSteps(source: SourceText, inputs: JobInputs, known: KnownVariables): readonly Step[] {
  const lines = SCRIPTS.flatMap(([key, inner]) => {
    const entry = inheritedEntry(inputs, key);
    const value = inner === undefined ? entry?.value : valueAt(entry?.value ?? null, inner);
    const scripts = key === 'run' ? stepScripts(value ?? null) : (value ?? null);
    return flatScalars(scripts, inputs.stepsMax + 1).map((line) => ({ line, entry }));
  });
  const length = lines.reduce((sum, { line }) => sum + line.text.length, 0);
  // one step more or one text longer than it may: the caller refuses the file
  if (lines.length > inputs.stepsMax || length > inputs.lengthMax) {
    return lines.map(({ line }, index) => readStep(line, null, index, []));
  }
  const defined = new Set([...known.defined, ...assignedNames(lines.map(({ line }) => line))]);
  return lines.map(({ line, entry }, index) => {
    const env = scriptSecrets(source, line, { ...known, defined });
    return readStep(line, entry?.keySpan ?? null, index, env);
  });
}

/** The scripts of `run`, the list of steps. */
function stepScripts(node: YamlNode | null): YamlNode | null {
  if (node?.kind !== 'list') return null;
  return { ...node, items: node.items.flatMap((item) => valueAt(item, 'script') ?? []) };
}

function readStep(
  run: YamlScalar,
  runKeySpan: Span | null,
  index: number,
  env: readonly NamedValue[],
): Step {
  return {
    index,
    span: run.span,
    keySpan: run.span,
    id: null,
    name: null,
    condition: null,
    uses: null,
    run,
    runKeySpan,
    shell: null,
    workingDirectory: null,
    inputs: [],
    inputsKeySpan: null,
    env,
    envKeySpan: null,
    timeoutMinutes: null,
    continueOnError: null,
  };
}
