/** How rules read settings, so that what nobody saw is a finding and never silence. */
import type { AuditContext, Problem } from './rule.ts';
import type { Observation, ObservedSettings } from './settings.ts';

/**
 * What `judge` says of the part that `pick` takes; where it was not seen, one `unverified` problem.
 * `what` names the part, in the plural.
 */
export function* whenSeen<T>(
  context: AuditContext,
  what: string,
  pick: (settings: ObservedSettings) => Observation<T>,
  judge: (value: T) => Iterable<Problem>,
): Generator<Problem> {
  if (context.settings === null) yield nothingSeen(context, what);
  else yield* whenObserved(pick(context.settings), what, judge);
}

/** The one problem of a rule where there are no settings at all. */
export function nothingSeen({ settingsMissing }: AuditContext, what: string): Problem {
  return unseenProblem(what, settingsMissing === '' ? 'nobody looked' : settingsMissing);
}

/** The same for a part that is at hand. */
export function* whenObserved<T>(
  part: Observation<T>,
  what: string,
  judge: (value: T) => Iterable<Problem>,
): Generator<Problem> {
  if (part.kind === 'unverified') yield unseenProblem(what, part.reason);
  else for (const problem of judge(part.value)) yield { evidence: 'observed', ...problem };
}

/**
 * Whether rules about what GitHub's workflows may do ask anything: there are such workflows, and
 * the settings, where there are any, are not of another forge.
 */
export function isGithub({ settings, workflows }: AuditContext): boolean {
  return workflows.length > 0 && (settings === null || settings.forge.forge === 'github');
}

/** A problem of a setting, which stands in no file. */
export function settingProblem(
  message: string,
  more: Pick<Problem, 'severity' | 'mend' | 'evidence'> = {},
): Problem {
  return { source: null, span: null, message, evidence: 'observed', ...more };
}

function unseenProblem(what: string, reason: string): Problem {
  return settingProblem(`${what} could not be seen: ${reason}`, { evidence: 'unverified' });
}
