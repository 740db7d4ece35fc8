import type { NewestVersion, UpstreamSummary } from '../../core/manifest.ts';
import { unapprovedVersions } from '../../ecosystem/unapproved-versions.ts';
import { quoteForeign } from '../../formats/text.ts';
import { spellVersion } from '../release/newest.ts';
import { ageOf, describeAge, historyOf } from '../release/publication.ts';
import type { ReleaseContext, ReleaseProblem, ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'unapproved-upstream',
  version: 3,
  category: 'change',
  severity: 'critical',
  effect: 'hold',
  about:
    'The newest version upstream is one that was approved here; otherwise it is compared with beside the approved one, and what of it could not be fetched or read is named',
  attack:
    'A version is published around the gate and taken for the state of things by the next release: 37 of 55 incidents went straight to the registry, eslint-scope 3.7.2 / eslint-config-eslint 5.0.2 (I01) and axios 1.14.1 / 0.30.4 (I38) among them',
  mend: 'Find out who published that version; deprecate or remove it before anything else is released',
  *check(context) {
    for (const summary of context.inputs.upstream) {
      const subject = `${summary.ecosystem}:${summary.package}`;
      for (const problem of problemsOf(summary, context)) yield { subject, ...problem };
    }
  },
  examples: {
    bad: [
      {
        about: 'a version after the approved one',
        make: () =>
          sampleRelease({
            inputs: { approved: approved('1.2.1') },
            upstream: { latest: '1.2.2', highestInLine: '1.2.2' },
          }),
      },
      {
        about: 'a version between two approved ones',
        make: () =>
          sampleRelease({
            inputs: { approved: approved('2.0.0', '1.2.1') },
            upstream: { latest: '2.0.0', highestInLine: '1.2.2', highest: '2.0.0' },
          }),
      },
    ],
    fine: [
      {
        about: 'the approved version is the newest',
        make: () => sampleRelease({ inputs: { approved: approved('1.2.2', '1.2.1') } }),
      },
      {
        about: 'only what is older than the first approval was not approved',
        make: () =>
          sampleRelease({
            inputs: { approved: approved('1.2.2-rc.1') },
            upstream: { latest: '1.2.1', highestInLine: '1.2.1' },
          }),
      },
    ],
  },
};

function approved(...versions: string[]) {
  return [
    { ecosystem: 'npm', package: '@aitbc/explorer-web', versions },
    { ecosystem: 'pypi', package: 'aitbc-agent-sdk', versions },
  ];
}

function* problemsOf(
  summary: UpstreamSummary,
  context: ReleaseContext,
): Iterable<Pick<ReleaseProblem, 'message' | 'effect' | 'severity'>> {
  const { ecosystem, package: name } = summary;
  const { inputs, ecosystems } = context;
  const known = inputs.approved.find((one) => one.ecosystem === ecosystem && one.package === name);
  if (known === undefined) {
    const message = `${name} is released here for the first time: there is nothing approved to compare with`;
    yield { message, effect: 'note', severity: 'info' };
  }
  const strangers = unapprovedVersions(summary, known?.versions ?? [], ecosystems(ecosystem));
  for (const stranger of strangers) {
    const gap = gapOf({ ecosystem, package: name, version: stranger }, context);
    // before the first approval everything upstream is of that kind
    if (known === undefined && gap === null) continue;
    const at = historyOf(inputs, ecosystem, name)?.newest.find((one) => one.version === stranger);
    const since = at === undefined ? '' : `, since ${describeAge(ageOf(at.at, inputs))}`;
    const last = known === undefined ? '' : `; the last that was is ${known.versions[0] ?? ''}`;
    yield {
      message: `upstream shows ${name} ${spellVersion(stranger)}${since}, which was not approved here${last}${gap === null ? '' : `; ${gap}`}`,
    };
  }
}

/** What of a version upstream nobody compares with; null where all of it is. */
function gapOf(
  { ecosystem, package: name, version }: Omit<NewestVersion, 'files' | 'reason'>,
  { inputs, artifacts }: ReleaseContext,
): string | null {
  const isIt = (one: Pick<NewestVersion, 'ecosystem' | 'package'>) =>
    one.ecosystem === ecosystem && one.package === name;
  const found = inputs.newest?.find((one) => isIt(one) && one.version === version);
  if (found === undefined) return 'what it holds was not looked at';
  if (found.reason !== null) return `not all that it holds was looked at: ${found.reason}`;
  const unread = found.files.find((one) => one.reason !== null);
  if (unread !== undefined) return `${quoteForeign(unread.file)} was not read: ${unread.reason}`;
  const kinds = artifacts.filter(isIt).map((one) => one.kind);
  const alone = found.files.find((one) => !kinds.includes(one.kind));
  if (alone === undefined) return null;
  return `it has ${quoteForeign(alone.file)}, and this release no ${alone.kind}`;
}
