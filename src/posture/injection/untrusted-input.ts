/**
 * Who can set what an expression expands to. By GitHub's documentation of the `github` context and
 * of webhook payloads: texts that outsiders write, names that people with write access choose, and
 * what can hold nothing but digits, hexadecimals or a login.
 */
import { contextPath, type Expression, embeddedExpressions } from '../expression.ts';
import { matrixValues } from '../matrix.ts';
import { usesName } from '../uses-reference.ts';
import type { Job, NamedValue, Step, Workflow } from '../workflow.ts';
import type { YamlNode } from '../yaml/yaml-node.ts';

/**
 * `outsider`: anybody who opens an issue or a pull request writes it freely. `member`: somebody
 * who may push or start the workflow. `caller`: who calls the action or workflow, unknown here.
 * `run`: made while the workflow runs; `matrix`: made by an expression.
 */
export type Origin = 'outsider' | 'member' | 'caller' | 'matrix' | 'run' | 'variable';

export interface UntrustedPart {
  /** As `contextPath` has it. */
  readonly path: string;
  readonly origin: Origin;
}

/** What an expression stands in; null where there is none, as `workflow` and `job` in an action. */
export interface ExpressionPlace {
  readonly workflow: Workflow | null;
  readonly job: Job | null;
  readonly step: Step | null;
}

/** Names in payloads whose text its author chooses without a limit on characters. */
const FREE_NAME =
  /^(?:title|body|message|description|text|label|ref|head_ref|head_branch|display_title|email|page_name|default_branch|homepage|comment|name|milestone|content|subject)$/;
/** Those of them that the forge limits to letters, digits, `.`, `_` and `-`. */
const LIMITED_NAME =
  /^github\.event\.(?:repository|organization|sender|installation|enterprise|workflow)\.|^github\.event\.workflow_run\.name$|\.(?:repo|repository|user|owner|sender|license|organization)\.(?:name|login|full_name)$|\.full_name$|\.author\.username$/;
const MEMBER_PATH =
  /^github\.(?:ref|ref_name|base_ref|event\.(?:ref|base_ref|master_branch|release\.(?:tag_name|name|body|target_commitish)|pull_request\.base\.ref|inputs\..*|client_payload(?:\..*)?|deployment\.(?:ref|environment|description|payload(?:\..*)?)|merge_group\.(?:head_ref|base_ref)|(?:[a-z_]+\.)*(?:labels?|milestone)(?:\.(?:\*|\[\]))?\.(?:name|title|description)|repository\.(?:description|homepage|default_branch)|pull_request\.(?:base|head)\.repo\.default_branch))$/;
const WHOLE_EVENT = /^github(?:\.event(?:\.[a-z_]+)?)?(?:\.\*)?$/;
/** Objects of a payload that hold free texts, for `toJSON`. */
const FREE_OBJECT =
  /^github(?:\.event(?:\.(?:issue|pull_request|comment|review|discussion|head_commit|commits|workflow_run|release|client_payload|inputs|pages))?)?(?:\.\*)?$/;

const ENVIRONMENT_DEPTH_MAX = 3;
const VALUE_DEPTH_MAX = 4;
const NO_FLOW = new Set([
  'contains',
  'startswith',
  'endswith',
  'hashfiles',
  'success',
  'failure',
  'always',
  'cancelled',
]);

/** The parts of an expression whose value can come out of it: what is only compared cannot. */
export function* flowingParts(tree: Expression): Generator<Expression> {
  switch (tree.kind) {
    case 'literal':
    case 'not':
      return;
    case 'context':
      yield tree;
      return;
    case 'property':
    case 'star':
    case 'index':
      if (contextPath(tree) === null) yield* flowingParts(tree.target);
      else yield tree;
      return;
    case 'call':
      if (NO_FLOW.has(tree.name.toLowerCase())) return;
      for (const argument of valueArguments(tree.name, tree.args)) yield* flowingParts(argument);
      return;
    case 'binary':
      if (tree.operator === '||') yield* flowingParts(tree.left);
      // the left of `&&` comes out only when it is empty, false or zero
      if (tree.operator === '||' || tree.operator === '&&') yield* flowingParts(tree.right);
      return;
  }
}

/** Of `case(predicate, value, ..., default)` the values. */
function valueArguments(name: string, args: readonly Expression[]): readonly Expression[] {
  if (name.toLowerCase() !== 'case') return args;
  return args.filter((_, at) => at % 2 === 1 || at === args.length - 1);
}

/** What of an expression somebody else may have written; none for one that is safe anywhere. */
export function untrustedParts(
  tree: Expression | null,
  place: ExpressionPlace,
): readonly UntrustedPart[] {
  return tree === null ? [] : [...partsOf(tree, place, 0)];
}

/** The same for a text with expressions. */
export function untrustedText(text: string, place: ExpressionPlace): readonly UntrustedPart[] {
  return embeddedExpressions(text).flatMap(({ tree }) => untrustedParts(tree, place));
}

function* partsOf(
  tree: Expression,
  place: ExpressionPlace,
  depth: number,
): Generator<UntrustedPart> {
  for (const part of flowingParts(tree)) {
    const path = contextPath(part);
    if (path === null) continue;
    const [root = '', name = ''] = path.split('.');
    if (root === 'env') {
      yield* ofEnvironment(path, name, place, depth);
      continue;
    }
    const origin = originOf(path, place, depth);
    if (origin !== null) yield { path, origin };
  }
}

function originOf(path: string, place: ExpressionPlace, depth: number): Origin | null {
  const [root = '', name = ''] = path.split('.');
  switch (root) {
    case 'github':
      return githubOrigin(path);
    case 'inputs':
      return inputOrigin(name, place);
    case 'matrix':
      return isSafeMatrix(name, place, depth) ? null : 'matrix';
    case 'steps':
      if (/\.(?:outcome|conclusion)$/.test(path)) return null;
      return listsFiles(name, place) ? 'outsider' : 'run';
    case 'needs':
      return path.endsWith('.result') ? null : 'run';
    case 'vars':
      return 'variable';
    default:
      return null;
  }
}

function githubOrigin(path: string): Origin | null {
  if (path === 'github.head_ref') return 'outsider';
  if (MEMBER_PATH.test(path)) return 'member';
  if (FREE_OBJECT.test(path)) return 'outsider';
  if (WHOLE_EVENT.test(path) || LIMITED_NAME.test(path)) return null;
  if (!path.startsWith('github.event.')) return null;
  // a computed name may be any
  if (path.endsWith('.[]')) return 'outsider';
  return FREE_NAME.test(path.split('.').at(-1) ?? '') ? 'outsider' : null;
}

/** Actions whose outputs are names of changed files, which a pull request chooses. */
const FILE_LISTING =
  /^(?:tj-actions\/changed-files|jitterbit\/get-changed-files|trilom\/file-changes-action|lots0logs\/gh-action-get-changed-files|masesgroup\/retrieve-changed-files)$/;

function listsFiles(id: string, { job }: ExpressionPlace): boolean {
  const step = job?.steps.find((one) => one.id?.text.toLowerCase() === id);
  if (step === undefined || step.uses === null) return false;
  return FILE_LISTING.test(usesName(step.uses.reference));
}

/** Of `workflow_dispatch`, `workflow_call` or an action. Booleans, numbers and lists are safe. */
function inputOrigin(name: string, { workflow }: ExpressionPlace): Origin | null {
  if (workflow === null) return 'caller';
  const declared = workflow.triggers.flatMap(({ event, inputs }) =>
    inputs.filter((one) => one.name.toLowerCase() === name).map((input) => ({ event, input })),
  );
  const free = declared.filter(
    ({ input }) => !['boolean', 'number', 'choice', 'environment'].includes(input.type ?? 'string'),
  );
  if (declared.length > 0 && free.length === 0) return null;
  return free.some(({ event }) => event === 'workflow_call') ? 'caller' : 'member';
}

/** Safe where the file says every value that the key can take, and each of them is safe. */
function isSafeMatrix(name: string, place: ExpressionPlace, depth: number): boolean {
  const matrix = place.job?.matrix ?? null;
  if (matrix === null) return true;
  return matrixValues(matrix, name)?.every((value) => isSafe(value, place, depth)) === true;
}

function isSafe(node: YamlNode, place: ExpressionPlace, depth: number): boolean {
  if (depth > VALUE_DEPTH_MAX) return false;
  if (node.kind !== 'scalar') {
    const inner = node.kind === 'list' ? node.items : node.entries.map((entry) => entry.value);
    return inner.every((value) => isSafe(value, place, depth + 1));
  }
  return embeddedExpressions(node.text).every(
    ({ tree }) => tree !== null && partsOf(tree, place, depth + 1).next().done === true,
  );
}

/** A variable is what it was set to; one that no file sets was set by an earlier step. */
function* ofEnvironment(
  path: string,
  name: string,
  place: ExpressionPlace,
  depth: number,
): Generator<UntrustedPart> {
  const value = environmentValue(name, place);
  if (value === null) {
    yield { path, origin: 'run' };
    return;
  }
  if (depth >= ENVIRONMENT_DEPTH_MAX) return;
  for (const { tree } of embeddedExpressions(value.value.text)) {
    if (tree === null) continue;
    for (const part of partsOf(tree, place, depth + 1)) yield { path, origin: part.origin };
  }
}

/** What sets the variable in the file, from the step outwards; null where nothing does. */
export function environmentValue(name: string, place: ExpressionPlace): NamedValue | null {
  const levels = [place.step?.env ?? [], place.job?.env ?? [], place.workflow?.env ?? []];
  for (const values of levels) {
    const found = values.find((one) => one.name.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return null;
}
