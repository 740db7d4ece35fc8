/**
 * `rules`, `only`, `except` and `workflow:rules` as triggers. Source: GitLab documentation, "CI/CD YAML
 * syntax reference".
 */

import type { Span } from '../source-text.ts';
import { asScalar, asScalars, valueAt, type YamlNode, type YamlScalar } from '../yaml/yaml-node.ts';
import type { PipelineTrigger } from './pipeline.ts';
import { flatMaps } from './pipeline-config.ts';
import {
  anyStart,
  conditionStarts,
  meetStarts,
  refStarts,
  refStartsExcept,
  type Start,
} from './pipeline-start.ts';

/** When a job runs: the ways to start it, and the button where there is one on each way. */
export interface JobTiming {
  readonly starts: readonly Start[];
  readonly manualSpan: Span | null;
  /** The first condition as written; null where there is none. */
  readonly condition: YamlScalar | null;
}

const RULES_MAX = 200;

/** By the job's own words; `at` is where it stands if it says nothing. */
export function readTiming(job: YamlNode, at: Span): JobTiming {
  const rules = valueAt(job, 'rules');
  const when = asScalar(valueAt(job, 'when'));
  if (rules !== null) return readRules(rules, when);
  const only = valueAt(job, 'only');
  const except = valueAt(job, 'except');
  return {
    starts: meetStarts(readOnly(only, at), readExcept(except, at)),
    manualSpan: when?.text === 'manual' ? when.span : null,
    condition: asScalars(valueAt(only, 'variables'))[0] ?? null,
  };
}

interface Clause {
  readonly test: YamlScalar | null;
  readonly when: YamlScalar | null;
  /** It also asks for files, of which nothing is known. */
  readonly isPartial: boolean;
}

/** The clauses of `rules`: the first that fits decides. */
export function readRules(rules: YamlNode, jobWhen: YamlScalar | null): JobTiming {
  const clauses = flatMaps(rules, RULES_MAX).map((rule) => readClause(rule, jobWhen));
  const starts: Start[] = [];
  const buttons: (Span | null)[] = [];
  // what the clauses before have left
  let open: readonly Start[] = [anyStart(rules.span)];
  for (const clause of clauses) {
    const own = clause.when?.text === 'never' ? [] : within(open, clause);
    starts.push(...own);
    if (own.length > 0) buttons.push(clause.when?.text === 'manual' ? clause.when.span : null);
    open = without(open, clause);
    if (open.length === 0) break;
  }
  // what only another project knows may let anything in
  if (hasUnknown(rules, 0)) starts.push(...open);
  const [button = null] = buttons;
  return {
    starts,
    manualSpan: buttons.includes(null) ? null : button,
    condition: clauses.find(({ test }) => test !== null)?.test ?? null,
  };
}

function hasUnknown(node: YamlNode, depth: number): boolean {
  if (node.kind !== 'list' || depth > 2) return false;
  return node.tag === '!reference' || node.items.some((one) => hasUnknown(one, depth + 1));
}

function readClause(rule: YamlNode, jobWhen: YamlScalar | null): Clause {
  return {
    test: asScalar(valueAt(rule, 'if')),
    when: asScalar(valueAt(rule, 'when')) ?? jobWhen,
    isPartial: valueAt(rule, 'changes') !== null || valueAt(rule, 'exists') !== null,
  };
}

function within(open: readonly Start[], { test }: Clause): readonly Start[] {
  return test === null ? open : meetStarts(conditionStarts(test.text, test.span, false), open);
}

/** What a clause leaves to those after it. Of one that lets something in, only what has no condition. */
function without(open: readonly Start[], { test, when, isPartial }: Clause): readonly Start[] {
  if (isPartial) return open;
  if (test === null) return [];
  if (when?.text !== 'never') return open;
  return meetStarts(conditionStarts(test.text, test.span, true), open);
}

/** Without `only` a job runs for branches and tags. */
function readOnly(only: YamlNode | null, at: Span): readonly Start[] {
  if (only === null) return [anyStart(at)];
  const refs = asScalars(only.kind === 'map' ? valueAt(only, 'refs') : only).slice(0, RULES_MAX);
  const tests = asScalars(valueAt(only, 'variables')).slice(0, RULES_MAX);
  const byRef = refs.flatMap(({ text, span }) => [...refStarts(text.trim(), span)]);
  const byTest = tests.flatMap(({ text, span }) => [...conditionStarts(text, span, false)]);
  return meetStarts(
    byRef.length > 0 ? byRef : [anyStart(at)],
    byTest.length > 0 ? byTest : [anyStart(at)],
  );
}

function readExcept(except: YamlNode | null, at: Span): readonly Start[] {
  const isMap = except?.kind === 'map';
  const refs = asScalars(isMap ? valueAt(except, 'refs') : except).slice(0, RULES_MAX);
  const tests = asScalars(valueAt(except, 'variables')).slice(0, RULES_MAX);
  let left: readonly Start[] = [anyStart(at)];
  // refs and variables of one `except` must both hold to keep a job away: then nothing is told apart
  if (refs.length > 0 && tests.length > 0) return left;
  for (const { text, span } of refs) left = meetStarts(left, refStartsExcept(text.trim(), span));
  for (const { text, span } of tests) left = meetStarts(left, conditionStarts(text, span, true));
  return left;
}

/** The triggers of these starts, each once. */
export function triggersOf(starts: readonly Start[]): readonly PipelineTrigger[] {
  const found = new Map<string, PipelineTrigger>();
  for (const { event, ref, pattern, isProtected, span } of starts) {
    const filter: YamlScalar = {
      kind: 'scalar',
      span,
      text: pattern ?? '*',
      type: 'string',
      style: 'plain',
    };
    const key = JSON.stringify([event, ref, pattern, isProtected]);
    if (found.has(key)) continue;
    found.set(key, {
      event: event ?? 'push',
      span,
      types: null,
      branches: ref === 'branch' ? [filter] : null,
      branchesIgnore: null,
      tags: ref === 'tag' ? [filter] : null,
      tagsIgnore: null,
      paths: null,
      workflows: [],
      inputs: [],
      isProtected,
    });
  }
  return [...found.values()];
}

/** Back from triggers to what must hold. A push is what every start is that says nothing else. */
export function startsOf(triggers: readonly PipelineTrigger[]): readonly Start[] {
  return triggers.map(({ event, span, tags, branches, isProtected }) => {
    const [filter] = tags ?? branches ?? [];
    return {
      event: event === 'push' ? null : event,
      ref: tags !== null ? 'tag' : branches !== null ? 'branch' : null,
      pattern: filter === undefined || filter.text === '*' ? null : filter.text,
      isProtected,
      span,
    };
  });
}
