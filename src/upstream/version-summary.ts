import type { UpstreamSummary } from '../core/manifest.ts';
import type { EcosystemRules } from '../ecosystem/ecosystem.ts';

/** What a summary needs to know about versions. */
export type VersionOrder = Pick<
  EcosystemRules,
  'normalizeVersion' | 'compareVersions' | 'isPrerelease' | 'sameLine'
>;

/**
 * The part of a summary that follows from the list of published versions. What is no version of
 * the ecosystem is left out (registries hold such things from older days). `highest` and
 * `highestInLine` leave out prereleases, unless `version` is one itself. Throws `malformed-version`
 * when `version` is none.
 */
export function summarizeVersions(
  order: VersionOrder,
  published: readonly string[],
  version: string,
): Pick<UpstreamSummary, 'version' | 'versionTaken' | 'highest' | 'highestInLine'> {
  const wanted = order.normalizeVersion(version);
  const countsPrereleases = order.isPrerelease(wanted);
  let [taken, highest, highestInLine]: [boolean, string | null, string | null] = [
    false,
    null,
    null,
  ];
  const higher = (found: string, best: string | null): string =>
    best === null || order.compareVersions(found, best) > 0 ? found : best;
  for (const one of published) {
    const found = normalOrNothing(order, one);
    if (found === undefined) continue;
    if (order.compareVersions(found, wanted) === 0) taken = true;
    if (order.isPrerelease(found) && !countsPrereleases) continue;
    highest = higher(found, highest);
    if (order.sameLine(found, wanted)) highestInLine = higher(found, highestInLine);
  }
  return { version: wanted, versionTaken: taken ? 'yes' : 'no', highest, highestInLine };
}

/** Which of the versions that a summary names have provenance; nothing where none has. */
export function attestedAmong(
  named: readonly (string | null)[],
  attested: ReadonlySet<string> | undefined,
): Pick<UpstreamSummary, 'attestedVersions'> {
  const found = [...new Set(named)].filter(
    (one): one is string => one !== null && attested?.has(one) === true,
  );
  return found.length === 0 ? {} : { attestedVersions: found };
}

function normalOrNothing(order: VersionOrder, version: string): string | undefined {
  try {
    return order.normalizeVersion(version);
  } catch {
    return undefined;
  }
}
