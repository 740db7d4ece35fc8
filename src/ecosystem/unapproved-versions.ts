/** What upstream shows as newest and nobody approved here. */
import { isCountersignError } from '../core/errors.ts';
import type { UpstreamSummary } from '../core/manifest.ts';
import type { EcosystemRules } from './ecosystem.ts';

/**
 * What the registry gives to whoever asks for the newest (npm: the dist-tag `latest`; PyPI: the
 * highest final version that is not yanked), then the highest of the releasing line; each where it
 * is not one of `approved`. What is older than everything approved was there before the gate, and
 * is left out; where nothing was approved, nothing is. What is no version of the ecosystem counts as
 * newer than all.
 */
export function unapprovedVersions(
  { latest, highestInLine }: Pick<UpstreamSummary, 'latest' | 'highestInLine'>,
  approved: readonly string[],
  rules: Pick<EcosystemRules, 'compareVersions'>,
): readonly string[] {
  const shown = [latest, highestInLine].filter((one) => one !== null);
  return [...new Set(shown)].filter((version) => {
    const order = approved.map((one) => compare(rules, version, one));
    return !order.includes(0) && (order.length === 0 || order.some((one) => one > 0));
  });
}

function compare(
  rules: Pick<EcosystemRules, 'compareVersions'>,
  version: string,
  approved: string,
): number {
  try {
    return rules.compareVersions(version, approved);
  } catch (error) {
    if (isCountersignError(error) && error.code === 'malformed-version') return 1;
    throw error;
  }
}
