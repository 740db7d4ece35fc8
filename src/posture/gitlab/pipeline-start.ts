/**
 * What can start a job, as far as its condition tells: alternatives of event, tag and branch. What is
 * not understood narrows nothing, so that a job is never taken for more guarded than it is.
 */

import type { Span } from '../source-text.ts';
import { type PipelineExpression, parsePipelineCondition } from './pipeline-condition.ts';

/** One way to start; null for what is not asked. */
export interface Start {
  readonly event: string | null;
  readonly ref: 'tag' | 'branch' | null;
  /** Name, pattern with its slashes, or variable that the tag or branch must fit. */
  readonly pattern: string | null;
  readonly isProtected: boolean;
  readonly span: Span;
}

/** Alternatives that are followed; conditions of real pipelines have up to a dozen. */
const STARTS_MAX = 48;

/** The start that asks for nothing. */
export function anyStart(span: Span): Start {
  return { event: null, ref: null, pattern: null, isProtected: false, span };
}

/** What must hold for both, one by one; none where they exclude each other. */
export function meetStarts(left: readonly Start[], right: readonly Start[]): readonly Start[] {
  const met: Start[] = [];
  for (const a of left) {
    for (const b of right) {
      const both = meet(a, b);
      if (both !== null && met.length < STARTS_MAX) met.push(both);
    }
  }
  return met;
}

function meet(a: Start, b: Start): Start | null {
  if (a.event !== null && b.event !== null && a.event !== b.event) return null;
  if (a.ref !== null && b.ref !== null && a.ref !== b.ref) return null;
  const isOfLeft = a.ref !== null || a.event !== null;
  return {
    event: a.event ?? b.event,
    ref: a.ref ?? b.ref,
    pattern: a.pattern ?? b.pattern,
    isProtected: a.isProtected || b.isProtected,
    span: b.pattern !== null && a.pattern === null ? b.span : isOfLeft ? a.span : b.span,
  };
}

/** The ways to start that a condition leaves, or those that its opposite leaves. */
export function conditionStarts(text: string, span: Span, isNegated: boolean): readonly Start[] {
  const tree = parsePipelineCondition(text);
  return tree === null ? [anyStart(span)] : treeStarts(tree, span, isNegated);
}

function treeStarts(tree: PipelineExpression, span: Span, isNegated: boolean): readonly Start[] {
  if (tree.kind !== 'binary') return atomStarts(tree, isNegated ? '!=' : '==', null, span);
  const { operator, left, right } = tree;
  if (operator === '&&' || operator === '||') {
    const a = treeStarts(left, span, isNegated);
    const b = treeStarts(right, span, isNegated);
    return (operator === '&&') === isNegated ? joinStarts(a, b) : meetStarts(a, b);
  }
  const isEqual = (operator === '==' || operator === '=~') !== isNegated;
  return left.kind === 'variable'
    ? atomStarts(left, isEqual ? '==' : '!=', right, span)
    : atomStarts(right, isEqual ? '==' : '!=', left, span);
}

function joinStarts(left: readonly Start[], right: readonly Start[]): readonly Start[] {
  return [...left, ...right].slice(0, STARTS_MAX);
}

/** `other` is null for a variable that stands alone: it must then be set. */
function atomStarts(
  atom: PipelineExpression,
  operator: '==' | '!=',
  other: PipelineExpression | null,
  span: Span,
): readonly Start[] {
  const any = anyStart(span);
  if (atom.kind !== 'variable') return [any];
  const isNothing = other?.kind === 'null' || (other?.kind === 'text' && other.text === '');
  if (other === null || isNothing) {
    const isSet = (other === null) === (operator === '==');
    return [isSet ? startOfSet(atom.name, any) : startOfUnset(atom.name, any)];
  }
  const value = spelledValue(other);
  // what it must not be can be anything else
  return operator === '==' && value !== null ? startsOfValue(atom.name, value, any) : [any];
}

function spelledValue(expression: PipelineExpression): string | null {
  if (expression.kind === 'text' || expression.kind === 'pattern') return expression.text;
  return expression.kind === 'variable' ? `$${expression.name}` : null;
}

function startOfSet(name: string, any: Start): Start {
  if (name === 'CI_COMMIT_TAG') return { ...any, ref: 'tag' };
  if (name === 'CI_COMMIT_BRANCH') return { ...any, ref: 'branch' };
  return name.startsWith('CI_MERGE_REQUEST_') ? { ...any, event: 'pull_request' } : any;
}

function startOfUnset(name: string, any: Start): Start {
  return name === 'CI_COMMIT_TAG' ? { ...any, ref: 'branch' } : any;
}

function startsOfValue(name: string, value: string, any: Start): readonly Start[] {
  switch (name) {
    case 'CI_COMMIT_TAG':
      return [{ ...any, ref: 'tag', pattern: value }];
    case 'CI_COMMIT_BRANCH':
      return [{ ...any, ref: 'branch', pattern: value }];
    case 'CI_COMMIT_REF_NAME':
    case 'CI_COMMIT_REF_SLUG':
      return nameStarts(value, any.span);
    case 'CI_PIPELINE_SOURCE':
      return [{ ...any, event: EVENTS[value] ?? value }];
    case 'CI_COMMIT_REF_PROTECTED':
      return [{ ...any, isProtected: value === 'true' }];
    default:
      return [any];
  }
}

/** A pattern is for tags and branches alike; a name is taken for that of a branch. */
function nameStarts(value: string, span: Span): readonly Start[] {
  const any = anyStart(span);
  const branch: Start = { ...any, ref: 'branch', pattern: value };
  return value.startsWith('/') ? [{ ...any, ref: 'tag', pattern: value }, branch] : [branch];
}

/** The forge's words for what started a pipeline, as GitHub calls the same. */
const EVENTS: Readonly<Record<string, string>> = {
  push: 'push',
  merge_request_event: 'pull_request',
  external_pull_request_event: 'pull_request',
  schedule: 'schedule',
  web: 'workflow_dispatch',
  trigger: 'repository_dispatch',
  api: 'repository_dispatch',
  pipeline: 'workflow_call',
  parent_pipeline: 'workflow_call',
};

const REF_WORDS: Readonly<Record<string, Partial<Start>>> = {
  branches: { ref: 'branch' },
  tags: { ref: 'tag' },
  pushes: { event: 'push' },
  merge_requests: { event: 'pull_request' },
  external_pull_requests: { event: 'pull_request' },
  schedules: { event: 'schedule' },
  web: { event: 'workflow_dispatch' },
  triggers: { event: 'repository_dispatch' },
  api: { event: 'repository_dispatch' },
  pipelines: { event: 'workflow_call' },
  chat: { event: 'chat' },
};

/** What one word of `only` lets through. Source: the same reference, `only:refs`. */
export function refStarts(word: string, span: Span): readonly Start[] {
  const name = withoutProject(word);
  const known = Object.hasOwn(REF_WORDS, name) ? REF_WORDS[name] : undefined;
  return known === undefined ? nameStarts(name, span) : [{ ...anyStart(span), ...known }];
}

/** `main@group/project` holds for that project alone, and forks are other ones. */
function withoutProject(word: string): string {
  const at = word.lastIndexOf('@');
  return at > 0 && word.includes('/', at) && !word.endsWith('/') ? word.slice(0, at) : word;
}

/** What one word of `except` leaves. */
export function refStartsExcept(word: string, span: Span): readonly Start[] {
  const any = anyStart(span);
  if (word === 'branches') return [{ ...any, ref: 'tag' }];
  return word === 'tags' ? [{ ...any, ref: 'branch' }] : [any];
}
