/** Which policy judges a tag: the first of the project's whose filter matches. */
import { CountersignError } from './errors.ts';
import type { Policy, PolicyDocument, Project } from './policy.ts';
import { checkTag } from './tag-filter.ts';

export interface ChosenPolicy {
  readonly name: string;
  readonly policy: Policy;
  /** Semantic version of the tag. */
  readonly version: string;
}

/**
 * `named` asks for one policy; policies with `chosen: at-open` are only taken when named. Throws
 * `malformed-tag` with the reason of each policy, `not-found` for a name the project does not have.
 */
export function choosePolicy(
  document: PolicyDocument,
  project: Project,
  tag: string,
  named: string | null,
): ChosenPolicy {
  if (named !== null && !project.policies.includes(named)) {
    throw new CountersignError(
      'not-found',
      `expected one of the project's policies (${project.policies.join(', ')}), found ${named}`,
    );
  }
  const names = project.packages.map((one) => one.name);
  const reasons: string[] = [];
  for (const name of named === null ? project.policies : [named]) {
    const policy = document.policies[name];
    if (policy === undefined || (named === null && policy.chosen === 'at-open')) continue;
    const checked = checkTag(tag, policy, { names });
    if (checked.ok) return { name, policy, version: checked.version };
    reasons.push(`${name}: ${checked.reasons.join('; ')}`);
  }
  throw new CountersignError(
    'malformed-tag',
    `tag ${JSON.stringify(tag)} is refused: ${reasons.join(' | ') || 'no policy takes tags by itself'}`,
    {
      hint: 'tag the commit with a strict semantic version such as v1.2.3 and push that tag',
    },
  );
}

/**
 * Whoever opens cannot pick a laxer policy: unless it is one that is chosen at open, it must be the
 * first that takes the tag. Throws `malformed-tag`.
 */
export function requireRightPolicy(
  document: PolicyDocument,
  project: Project,
  tag: string,
  chosen: Pick<ChosenPolicy, 'name' | 'policy'>,
): void {
  if (chosen.policy.chosen === 'at-open') return;
  const first = choosePolicy(document, project, tag, null);
  if (first.name === chosen.name) return;
  throw new CountersignError(
    'malformed-tag',
    `tag ${JSON.stringify(tag)} is for policy ${first.name}, which comes first, not ${chosen.name}`,
  );
}
