/** Where a proposed set of rules differs from the signed one. */
import type { JsonValue } from '../formats/canonical.ts';
import type { PolicyRules } from './policy-compile.ts';

/** One place that differs; the side that has nothing there is undefined. */
export interface RulesDifference {
  /** Such as `policies.strict.approvals.minimum` or `projects.aitbc.packages[1].name`. */
  readonly path: string;
  readonly signed: JsonValue | undefined;
  readonly proposed: JsonValue | undefined;
}

const SECTIONS = ['governance', 'passkeys', 'policies', 'projects', 'upstreams'] as const;

/**
 * Every place where the two differ, in order of path; empty when they mean the same. `version` and
 * `previous` are not compared, so either side may be a whole policy document.
 */
export function comparePolicyDocuments(
  signed: PolicyRules,
  proposed: PolicyRules,
): readonly RulesDifference[] {
  const found: RulesDifference[] = [];
  for (const section of SECTIONS) {
    compare(section, signed[section] as JsonValue, proposed[section] as JsonValue, found);
  }
  return found;
}

/** Every place where two values differ, by path below `path`. */
export function compareRecords(
  path: string,
  before: JsonValue,
  after: JsonValue,
): readonly RulesDifference[] {
  const found: RulesDifference[] = [];
  compare(path, before, after, found);
  return found;
}

function compare(
  path: string,
  signed: JsonValue | undefined,
  proposed: JsonValue | undefined,
  found: RulesDifference[],
): void {
  if (isList(signed) && isList(proposed)) {
    for (let index = 0; index < Math.max(signed.length, proposed.length); index += 1) {
      compare(`${path}[${index}]`, signed[index], proposed[index], found);
    }
  } else if (isObject(signed) && isObject(proposed)) {
    for (const key of [...new Set([...Object.keys(signed), ...Object.keys(proposed)])].sort()) {
      compare(`${path}${formatKey(key)}`, own(signed, key), own(proposed, key), found);
    }
  } else if (signed !== proposed) {
    found.push({ path, signed, proposed });
  }
}

function formatKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function own(value: { readonly [key: string]: JsonValue }, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
