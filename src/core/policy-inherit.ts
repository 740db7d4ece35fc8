/** `extends`, defaults and durations of policies. */
import { acceptedProblem } from './accepted-finding.ts';
import { parseDuration } from './duration.ts';
import { readInspectionLimits, signedInspectionLimits } from './inspection-limits.ts';
import type { ApprovalRule, Policy } from './policy.ts';
import type { PolicyConfig, RefuseRules } from './policy-config.ts';

/** What a policy says where neither it nor what it extends says anything. */
export const POLICY_DEFAULTS: Policy = {
  tag: 'v[0-9]+.[0-9]+.[0-9]+',
  versioning: 'semver',
  confirm: 'release',
  chosen: 'by-tag',
  approvals: {
    minimum: 2,
    groups: {},
    requester: 'excluded',
    terminal: 1,
    expiresSeconds: 72 * 3600,
  },
  source: 'oidc',
  block: { secrets: 'plausible' },
  distTags: null,
  publish: 'automatic',
  waivable: [],
  limits: null,
  reviewWithinSeconds: null,
};

/**
 * The policy `name` of `all` with everything it extends, resolved. Refuses unknown names, circles
 * and durations out of range.
 */
export function compilePolicy(
  all: Readonly<Record<string, PolicyConfig>>,
  name: string,
  refuse: RefuseRules,
): Policy {
  const lineage = lineageOf(all, name, refuse);
  const config = lineage.reduceRight<PolicyConfig>((base, [, one]) => mergePolicy(base, one), {});
  const defaults = POLICY_DEFAULTS;
  const review = config['review-within'];
  const distTags = config['dist-tags'];
  const seconds = (keys: readonly string[], text: string) =>
    requireDuration(writtenAt(lineage, keys), text, refuse);
  return {
    tag: config.tag ?? defaults.tag,
    versioning: config.versioning ?? defaults.versioning,
    confirm: config.confirm === false ? null : (config.confirm ?? defaults.confirm),
    chosen: config.chosen ?? defaults.chosen,
    approvals: compileApprovals(config, seconds, (message) =>
      refuse({ path: writtenAt(lineage, ['approvals', 'expires']), message }),
    ),
    source: config.source ?? defaults.source,
    block: { secrets: config.block?.secrets ?? defaults.block.secrets },
    distTags: distTags === undefined || distTags === 'any' ? null : distTags,
    publish: config.publish ?? defaults.publish,
    waivable: config.waive ?? defaults.waivable,
    limits: config.limits === undefined || config.limits === 'none' ? null : config.limits,
    reviewWithinSeconds:
      review === undefined || review === 'none' ? null : seconds(['review-within'], review),
    ...signedYoungDependencies(config['young-dependencies'], seconds),
    ...signedAccepted(config.accept, (index, message) =>
      refuse({ path: [...writtenAt(lineage, ['accept']), index], message }),
    ),
    ...signedInspectionLimits(
      readInspectionLimits(config.inspection ?? {}, (key, message) =>
        refuse({ path: writtenAt(lineage, ['inspection', key]), message }),
      ),
    ),
  };
}

/** Nothing where nothing was said, so that documents without it keep their digest. */
function signedYoungDependencies(
  age: string | undefined,
  seconds: (keys: readonly string[], text: string) => number,
): Pick<Policy, 'youngDependencySeconds'> {
  if (age === undefined) return {};
  return { youngDependencySeconds: age === 'none' ? 0 : seconds(['young-dependencies'], age) };
}

function signedAccepted(
  accept: PolicyConfig['accept'],
  refuseEntry: (index: number, message: string) => never,
): Pick<Policy, 'accepted'> {
  if (accept === undefined || accept.length === 0) return {};
  for (const [index, one] of accept.entries()) {
    const problem = acceptedProblem(one);
    if (problem !== null) refuseEntry(index, problem);
  }
  return { accepted: accept };
}

const EXPIRES_MIN_SECONDS = 60;
const EXPIRES_MAX_SECONDS = 90 * 86_400;

function compileApprovals(
  config: PolicyConfig,
  seconds: (keys: readonly string[], text: string) => number,
  refuseExpiry: (message: string) => never,
): ApprovalRule {
  const given = config.approvals ?? {};
  const defaults = POLICY_DEFAULTS.approvals;
  const expiresSeconds =
    given.expires === undefined
      ? defaults.expiresSeconds
      : seconds(['approvals', 'expires'], given.expires);
  if (expiresSeconds < EXPIRES_MIN_SECONDS || expiresSeconds > EXPIRES_MAX_SECONDS) {
    refuseExpiry(`expected 1m to 90d, found ${given.expires}`);
  }
  return {
    minimum: given.minimum ?? defaults.minimum,
    groups: given.groups ?? defaults.groups,
    requester: given.requester ?? defaults.requester,
    terminal: given.terminal ?? defaults.terminal,
    expiresSeconds,
  };
}

type Lineage = readonly (readonly [name: string, config: PolicyConfig])[];

/** The policy and what it extends, nearest first. Refuses unknown names and circles. */
function lineageOf(
  all: Readonly<Record<string, PolicyConfig>>,
  name: string,
  refuse: RefuseRules,
): Lineage {
  const lineage: [string, PolicyConfig][] = [];
  const seen = new Set<string>();
  let next: string | undefined = name;
  while (next !== undefined) {
    const config: PolicyConfig | undefined = own(all, next);
    const child = lineage.at(-1)?.[0] ?? next;
    if (seen.has(next)) {
      refuse({
        path: ['policies', child, 'extends'],
        message: `expected extends to come to an end, found the circle ${[...seen, next].join(' -> ')}`,
      });
    }
    if (config === undefined) {
      refuse({
        path: ['policies', child, 'extends'],
        message: `expected the name of a policy, found ${next}, which policies does not have`,
        hint: `policies has ${Object.keys(all).join(', ')}`,
      });
    }
    seen.add(next);
    lineage.push([next, config]);
    next = config.extends;
  }
  return lineage;
}

/**
 * What `own` says wins. `approvals`, `block` and `inspection` are merged key by key; `groups` is replaced whole,
 * because an added group could otherwise never be left out again.
 */
function mergePolicy(base: PolicyConfig, over: PolicyConfig): PolicyConfig {
  return {
    ...base,
    ...present(over),
    approvals: { ...base.approvals, ...present(over.approvals ?? {}) },
    block: { ...base.block, ...present(over.block ?? {}) },
    inspection: { ...base.inspection, ...present(over.inspection ?? {}) },
  };
}

/** Without the keys whose value is undefined, which would hide what is inherited. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

/** Path of the nearest policy that itself wrote `keys`, so that an error points at the culprit. */
function writtenAt(lineage: Lineage, keys: readonly string[]): string[] {
  const writes = ([, config]: Lineage[number]) =>
    keys.reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      config,
    ) !== undefined;
  const [name] = lineage.find(writes) ?? lineage[0] ?? [''];
  return ['policies', name, ...keys];
}

function requireDuration(path: readonly string[], text: string, refuse: RefuseRules): number {
  return (
    parseDuration(text) ??
    refuse({ path, message: `expected a duration such as 72h, 30m or 7d, found ${text}` })
  );
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
