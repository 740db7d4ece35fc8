/** From a YAML text to the model of a workflow or an action. Unknown keys are left to other tools. */
import { embeddedExpressions, parseExpression } from './expression.ts';
import type { SourceText, Span } from './source-text.ts';
import { parseImage, parseUses } from './uses-reference.ts';
import type {
  Action,
  Concurrency,
  Condition,
  Container,
  Environment,
  Input,
  Job,
  NamedValue,
  PermissionLevel,
  Permissions,
  RunsOn,
  Scope,
  Step,
  Trigger,
  Uses,
  Workflow,
  WorkflowCall,
} from './workflow.ts';
import {
  asScalar,
  asScalars,
  entriesOf,
  entryOf,
  readYaml,
  valueAt,
  type YamlEntry,
  type YamlNode,
  type YamlProblem,
  type YamlScalar,
} from './yaml/yaml-node.ts';

/** A model, or why there is none. */
export type ReadResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

/** Steps of one file; anchors let a short text name many. */
const STEPS_MAX = 5_000;

/** Reads `.github/workflows/*.yml`. */
export function readWorkflow(source: SourceText): ReadResult<Workflow> {
  const { root, problems } = readYaml(source);
  if (problems.length > 0) return { ok: false, problems };
  const jobs = entryOf(root, 'jobs');
  const on = entryOf(root, 'on') ?? entryOf(root, 'true');
  if (root === null || jobs?.value.kind !== 'map' || on === null) {
    return refuse(source, 'is no workflow: it needs the maps "on" and "jobs"');
  }
  const reader = new Reader(source);
  const read: Workflow = {
    kind: 'workflow',
    forge: 'github',
    pipeline: null,
    source,
    keySpan: entriesOf(root)[0]?.keySpan ?? jobs.keySpan,
    name: asScalar(valueAt(root, 'name')),
    triggers: readTriggers(on),
    triggersSpan: on.keySpan,
    permissions: readPermissions(entryOf(root, 'permissions')),
    env: readNamedValues(valueAt(root, 'env')),
    concurrency: readConcurrency(entryOf(root, 'concurrency')),
    defaultShell: readDefaultShell(root),
    jobsKeySpan: jobs.keySpan,
    jobs: jobs.value.entries.map((entry) => reader.readJob(entry)),
  };
  return reader.isTooLarge
    ? refuse(source, `has more than ${STEPS_MAX} steps`)
    : { ok: true, value: read };
}

/** Reads `action.yml`. */
export function readAction(source: SourceText): ReadResult<Action> {
  const { root, problems } = readYaml(source);
  if (problems.length > 0) return { ok: false, problems };
  const runs = valueAt(root, 'runs');
  if (runs?.kind !== 'map') return refuse(source, 'is no action: it needs the map "runs"');
  const reader = new Reader(source);
  const action: Action = {
    kind: 'action',
    source,
    name: asScalar(valueAt(root, 'name')),
    inputs: readInputs(valueAt(root, 'inputs')),
    using: asScalar(valueAt(runs, 'using')),
    steps: reader.readSteps(valueAt(runs, 'steps')),
  };
  return reader.isTooLarge
    ? refuse(source, `has more than ${STEPS_MAX} steps`)
    : { ok: true, value: action };
}

function refuse(source: SourceText, message: string): ReadResult<never> {
  const end = source.lineEnd(0);
  return { ok: false, problems: [{ message, span: { start: 0, end } }] };
}

function readTriggers(on: YamlEntry): readonly Trigger[] {
  const { value } = on;
  if (value.kind === 'map') {
    return value.entries.map((entry) => readTrigger(entry.key, entry.keySpan, entry.value));
  }
  return asScalars(value).map((scalar) => readTrigger(scalar.text, scalar.span, null));
}

function readTrigger(event: string, span: Span, node: YamlNode | null): Trigger {
  const filter = (key: string): readonly YamlScalar[] | null => {
    const found = valueAt(node, key);
    return found === null ? null : asScalars(found);
  };
  return {
    event,
    span,
    types: filter('types'),
    branches: filter('branches'),
    branchesIgnore: filter('branches-ignore'),
    tags: filter('tags'),
    tagsIgnore: filter('tags-ignore'),
    paths: filter('paths'),
    workflows: filter('workflows') ?? [],
    inputs: readInputs(valueAt(node, 'inputs')),
  };
}

function readInputs(node: YamlNode | null): readonly Input[] {
  return entriesOf(node).map(({ key, keySpan, value }) => ({
    name: key,
    span: keySpan,
    type: asScalar(valueAt(value, 'type'))?.text ?? null,
    isRequired: asScalar(valueAt(value, 'required'))?.text === 'true',
    options: asScalars(valueAt(value, 'options')),
    default: asScalar(valueAt(value, 'default')),
  }));
}

function readNamedValues(node: YamlNode | null): readonly NamedValue[] {
  return entriesOf(node).flatMap(({ key, keySpan, value }) =>
    value.kind === 'scalar' ? [{ name: key, nameSpan: keySpan, value }] : [],
  );
}

function readPermissions(entry: YamlEntry | null): Permissions | null {
  if (entry === null) return null;
  const { value, keySpan } = entry;
  const word = asScalar(value)?.text;
  const all = word === 'write-all' ? 'write' : word === 'read-all' ? 'read' : null;
  const scopes = new Map<string, Scope>();
  for (const { key, keySpan: start, value: level } of entriesOf(value)) {
    const known = readLevel(asScalar(level)?.text);
    scopes.set(key, { level: known, span: { start: start.start, end: level.span.end } });
  }
  return { keySpan, all, scopes };
}

/** What is neither `read` nor `none` is taken for `write`: GitHub refuses the file, we do not guess low. */
function readLevel(text: string | undefined): PermissionLevel {
  return text === 'read' || text === 'none' ? text : 'write';
}

function readConcurrency(entry: YamlEntry | null): Concurrency | null {
  if (entry === null) return null;
  const { value, keySpan } = entry;
  return {
    span: keySpan,
    group: asScalar(value) ?? asScalar(valueAt(value, 'group')),
    cancelInProgress: asScalar(valueAt(value, 'cancel-in-progress')),
  };
}

function readDefaultShell(node: YamlNode | null): YamlScalar | null {
  return asScalar(valueAt(valueAt(valueAt(node, 'defaults'), 'run'), 'shell'));
}

function readCondition(node: YamlNode | null): Condition | null {
  const scalar = asScalar(node);
  if (scalar === null) return null;
  const text = scalar.text.trim();
  const [first] = embeddedExpressions(text);
  if (first === undefined) {
    return { scalar, tree: parseExpression(text), isAlwaysTrueText: false };
  }
  const isWhole = first.index === 0 && first.length === text.length;
  // the runner trims nothing: a block scalar that ends in a line end is text around the braces
  const isAlwaysTrueText = !isWhole || scalar.text.endsWith('\n');
  // GitHub reads `${{ a }} && ${{ b }}` as text; what was meant is what rules look at
  const meant = text.replaceAll(/\$\{\{|\}\}/g, ' ');
  return { scalar, tree: isWhole ? first.tree : parseExpression(meant), isAlwaysTrueText };
}

function readEnvironment(entry: YamlEntry | null): Environment | null {
  if (entry === null) return null;
  const { value, keySpan } = entry;
  return { span: keySpan, name: asScalar(value) ?? asScalar(valueAt(value, 'name')) };
}

function readRunsOn(entry: YamlEntry | null): RunsOn | null {
  if (entry === null) return null;
  const { value, keySpan } = entry;
  const labels = value.kind === 'map' ? asScalars(valueAt(value, 'labels')) : asScalars(value);
  return { span: keySpan, labels, group: asScalar(valueAt(value, 'group')) };
}

function readContainer(node: YamlNode | null): Container | null {
  const image = asScalar(node) ?? asScalar(valueAt(node, 'image'));
  if (image === null) return null;
  return {
    image,
    uses: parseImage(image.text),
    credentials: readNamedValues(valueAt(node, 'credentials')),
    env: readNamedValues(valueAt(node, 'env')),
  };
}

function readCall(source: SourceText, node: YamlNode): WorkflowCall | null {
  const uses = readUses(source, valueAt(node, 'uses'));
  if (uses === null) return null;
  const secrets = entryOf(node, 'secrets');
  const isInherited = asScalar(secrets?.value ?? null)?.text === 'inherit';
  return {
    uses,
    inputs: readNamedValues(valueAt(node, 'with')),
    secrets: isInherited ? 'inherit' : readNamedValues(secrets?.value ?? null),
    secretsSpan: secrets?.keySpan ?? null,
  };
}

function readUses(source: SourceText, node: YamlNode | null): Uses | null {
  const scalar = asScalar(node);
  if (scalar === null) return null;
  const behind = source.text.slice(scalar.span.end, source.lineEnd(scalar.span.end));
  const comment = /^\s+#\s*(.*?)\s*$/.exec(behind)?.[1] ?? '';
  return { scalar, reference: parseUses(scalar.text), comment };
}

class Reader {
  readonly #source: SourceText;
  #steps = 0;

  constructor(source: SourceText) {
    this.#source = source;
  }

  get isTooLarge(): boolean {
    return this.#steps > STEPS_MAX;
  }

  readJob({ key, keySpan, value }: YamlEntry): Job {
    const strategy = valueAt(value, 'strategy');
    return {
      id: key,
      idSpan: keySpan,
      span: { start: keySpan.start, end: value.span.end },
      name: asScalar(valueAt(value, 'name')),
      needs: asScalars(valueAt(value, 'needs')),
      condition: readCondition(valueAt(value, 'if')),
      permissions: readPermissions(entryOf(value, 'permissions')),
      environment: readEnvironment(entryOf(value, 'environment')),
      concurrency: readConcurrency(entryOf(value, 'concurrency')),
      runsOn: readRunsOn(entryOf(value, 'runs-on')),
      env: readNamedValues(valueAt(value, 'env')),
      defaultShell: readDefaultShell(value),
      timeoutMinutes: asScalar(valueAt(value, 'timeout-minutes')),
      continueOnError: asScalar(valueAt(value, 'continue-on-error')),
      matrix: valueAt(strategy, 'matrix'),
      container: readContainer(valueAt(value, 'container')),
      services: entriesOf(valueAt(value, 'services')).flatMap(
        (one) => readContainer(one.value) ?? [],
      ),
      outputs: readNamedValues(valueAt(value, 'outputs')),
      steps: this.readSteps(valueAt(value, 'steps')),
      call: readCall(this.#source, value),
      pipeline: null,
    };
  }

  readSteps(node: YamlNode | null): readonly Step[] {
    if (node?.kind !== 'list') return [];
    this.#steps += node.items.length;
    return this.isTooLarge ? [] : node.items.map((item, index) => this.#readStep(item, index));
  }

  #readStep(node: YamlNode, index: number): Step {
    const run = entryOf(node, 'run');
    return {
      index,
      span: node.span,
      keySpan: entriesOf(node)[0]?.keySpan ?? node.span,
      id: asScalar(valueAt(node, 'id')),
      name: asScalar(valueAt(node, 'name')),
      condition: readCondition(valueAt(node, 'if')),
      uses: readUses(this.#source, valueAt(node, 'uses')),
      run: asScalar(run?.value ?? null),
      runKeySpan: run?.keySpan ?? null,
      shell: asScalar(valueAt(node, 'shell')),
      workingDirectory: asScalar(valueAt(node, 'working-directory')),
      inputs: readNamedValues(valueAt(node, 'with')),
      inputsKeySpan: entryOf(node, 'with')?.keySpan ?? null,
      env: readNamedValues(valueAt(node, 'env')),
      envKeySpan: entryOf(node, 'env')?.keySpan ?? null,
      timeoutMinutes: asScalar(valueAt(node, 'timeout-minutes')),
      continueOnError: asScalar(valueAt(node, 'continue-on-error')),
    };
  }
}
