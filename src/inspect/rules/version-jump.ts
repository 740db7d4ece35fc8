import type { UpstreamSummary } from '../../core/manifest.ts';
import type { ReleaseContext, ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

/** Above these a number is a date or a build, and jumps say nothing. */
const DATE_FROM = [1000, 100, 1000] as const;
/** Numbers that may be left out: of majors none, of minors ten, of patches fifty. */
const STEPS = [1, 10, 50] as const;
const PLACES = ['major', 'minor', 'patch'] as const;

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'version-jump',
  version: 1,
  category: 'change',
  severity: 'medium',
  effect: 'hold',
  about:
    'The version follows the one before it, and leaves no majors, and not many minors or patches, out',
  attack:
    'A version is mistyped and cannot be taken back, or a high one is put on top so that every range takes it: xrpl 4.2.1..4.2.4, 2.14.2 (I20), opentype.js 2.0.0 released as 1.3.5 (A07)',
  mend: 'Check the version with those who decide on it; then acknowledge',
  *check(context) {
    for (const summary of context.inputs.upstream) {
      const before = versionBefore(summary, context);
      const jump = before === null ? null : findJump(before, summary.version);
      if (jump === null) continue;
      const { ecosystem, package: name, version } = summary;
      const message = `${name} ${version} follows ${before}: the ${jump} jumps`;
      yield { subject: `${ecosystem}:${name}`, message };
    }
  },
  examples: {
    bad: [
      {
        about: 'a major left out',
        make: () => sampleRelease({ version: '3.0.0' }),
      },
      {
        about: 'minors left out',
        make: () => sampleRelease({ version: '1.20.0' }),
      },
      {
        about: 'a date after a version',
        make: () => sampleRelease({ version: '2026.1.1' }),
      },
    ],
    fine: [
      { about: 'the next patch', make: () => sampleRelease() },
      { about: 'the next major', make: () => sampleRelease({ version: '2.0.0' }) },
      {
        about: 'a date after a date',
        make: () =>
          sampleRelease({
            version: '20260301.0.0',
            upstream: { latest: '20251231.0.0', highestInLine: null, highest: '20251231.0.0' },
          }),
      },
      {
        about: 'a first version',
        make: () =>
          sampleRelease({
            version: '9.0.0',
            upstream: { exists: 'no', latest: null, highestInLine: null, highest: null },
            inputs: { approved: [] },
          }),
      },
    ],
  },
};

/** The highest known version below this one, upstream or approved here. */
function versionBefore(
  { ecosystem, package: name, version, latest, highestInLine, highest }: UpstreamSummary,
  { inputs, ecosystems }: ReleaseContext,
): string | null {
  const rules = ecosystems(ecosystem);
  const own = inputs.approved.find((one) => one.ecosystem === ecosystem && one.package === name);
  return [latest, highestInLine, highest, ...(own?.versions ?? [])]
    .filter((one) => one !== null)
    .filter((one) => rules.compareVersions(one, version) < 0)
    .reduce<string | null>(
      (best, one) => (best === null || rules.compareVersions(one, best) > 0 ? one : best),
      null,
    );
}

function findJump(before: string, after: string): (typeof PLACES)[number] | null {
  const [old, fresh] = [numbersOf(before), numbersOf(after)];
  for (const [at, place] of PLACES.entries()) {
    const [from, to] = [old[at] ?? 0, fresh[at] ?? 0];
    if (from === to) continue;
    const isDate = from >= (DATE_FROM[at] ?? 0);
    return !isDate && to - from > (STEPS[at] ?? 0) ? place : null;
  }
  return null;
}

/** Release numbers of semantic versions and of PEP 440, without epoch. */
function numbersOf(version: string): readonly number[] {
  return (/^(?:\d+!)?v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '').split('.').map(Number);
}
