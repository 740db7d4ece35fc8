import type { UpstreamSummary } from '../../core/manifest.ts';
import { ageOf, describeAge, historyOf } from '../publication.ts';
import type { ReleaseContext, ReleaseProblem, ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'unapproved-upstream',
  version: 2,
  category: 'change',
  severity: 'critical',
  effect: 'hold',
  about:
    'The newest version upstream is one that was approved here; otherwise the difference that people read leaves out what came in between',
  attack:
    'A version is published around the gate and taken for the state of things by the next release: 37 of 55 incidents went straight to the registry, eslint-scope 3.7.2 / eslint-config-eslint 5.0.2 (I01) and axios 1.14.1 / 0.30.4 (I38) among them',
  mend: 'Find out who published that version; deprecate or remove it before anything else is released',
  *check(context) {
    for (const summary of context.inputs.upstream) {
      const problem = problemOf(summary, context);
      if (problem !== null)
        yield { subject: `${summary.ecosystem}:${summary.package}`, ...problem };
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

function problemOf(
  { ecosystem, package: name, latest, highestInLine }: UpstreamSummary,
  { inputs, ecosystems }: ReleaseContext,
): Pick<ReleaseProblem, 'message' | 'effect' | 'severity'> | null {
  const known = inputs.approved.find((one) => one.ecosystem === ecosystem && one.package === name);
  if (known === undefined) {
    const message = `${name} is released here for the first time: there is nothing approved to compare with`;
    return { message, effect: 'note', severity: 'info' };
  }
  const rules = ecosystems(ecosystem);
  const stranger = [latest, highestInLine].find((version): version is string => {
    if (version === null) return false;
    const order = known.versions.map((one) => rules.compareVersions(version, one));
    // what is older than everything approved was there before the gate
    return !order.includes(0) && order.some((one) => one > 0);
  });
  if (stranger === undefined) return null;
  const at = historyOf(inputs, ecosystem, name)?.newest.find((one) => one.version === stranger)?.at;
  const since = at === undefined ? '' : `, since ${describeAge(ageOf(at, inputs))}`;
  return {
    message: `upstream shows ${name} ${stranger}${since}, which was not approved here; the last that was is ${known.versions[0] ?? ''}`,
  };
}
