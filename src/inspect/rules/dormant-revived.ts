import { ageOf, describeAge, HOUR_MS, historyOf } from '../release/publication.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

/** A year without a version. */
const QUIET_MS = 365 * 24 * HOUR_MS;

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'dormant-revived',
  version: 1,
  category: 'change',
  severity: 'medium',
  effect: 'hold',
  about: 'A package of which no version appeared for a year or longer',
  attack:
    'Nobody looks after the package any more, and somebody else got hold of an account that may publish it: coa 2.0.3.. and rc 1.2.9 / 1.3.9 / 2.3.9 after three years (I06), ctx 0.1.2..0.2.6 (PyPI) / PHPass (Packagist) after eight, by way of an expired domain (I09)',
  mend: 'Look at who may publish the package upstream, and at each key in the roster, before acknowledging',
  *check({ inputs }) {
    for (const { ecosystem, package: name, exists } of inputs.upstream) {
      if (exists === 'no') continue;
      const history = historyOf(inputs, ecosystem, name);
      const last = history?.newest[0];
      if (last === undefined) {
        const reason = history?.reason ?? 'nobody asked';
        // what was published around the gate is held by unapproved-upstream, times or not
        const message = `since when ${name} is out cannot be told: ${reason}`;
        yield { subject: `${ecosystem}:${name}`, message, effect: 'note', severity: 'info' };
      } else if (ageOf(last.at, inputs) >= QUIET_MS) {
        const age = describeAge(ageOf(last.at, inputs));
        const message = `the last version of ${name}, ${last.version}, is ${age} old`;
        yield { subject: `${ecosystem}:${name}`, message };
      }
    }
  },
  examples: {
    bad: [
      {
        about: 'three years of silence',
        make: () => sampleRelease({ times: { '1.2.2': 3 * 365 * 24 } }),
      },
    ],
    fine: [
      { about: 'half a year', make: () => sampleRelease({ times: { '1.2.2': 180 * 24 } }) },
      {
        about: 'a new package',
        make: () =>
          sampleRelease({
            upstream: { exists: 'no', latest: null, highestInLine: null, highest: null },
          }),
      },
    ],
  },
};
