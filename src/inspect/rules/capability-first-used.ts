import { CAPABILITIES } from '../diff/capabilities.ts';
import { call } from '../file-kind.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst } from '../sample-artifact.ts';

/** Told by rules of their own. */
const TOLD = ['embedded-sources', 'native-code'];
const GRAVE = ['credential-files', 'paste-host', 'environment-and-network', 'environment'];

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'capability-first-used',
  version: 1,
  category: 'change',
  severity: 'medium',
  effect: 'hold',
  about:
    'The code can do what it could not before: start programs, talk to the network, run text as code, read the environment or files of credentials',
  attack:
    'Most payloads need one of these and most packages none: the first lines of @velora-dex/sdk 9.4.1 call child_process (I39), ctx 0.1.2..0.2.6 (PyPI) sends the environment away (I09), eslint-scope 3.7.2 reads .npmrc and asks a host where anyone may leave text (I01)',
  mend: 'Read the named file; acknowledge where the change is meant',
  *check({ tree, change }) {
    for (const { id, place } of change?.difference.capabilities ?? []) {
      if (TOLD.includes(id)) continue;
      const path = tree.byPlace.get(place)?.path;
      const message = `for the first time the code ${CAPABILITIES[id] ?? id} (${id})`;
      yield {
        message,
        subject: id,
        confidence: 'plausible',
        ...(GRAVE.includes(id) ? { severity: 'high' } : {}),
        ...(path === undefined ? {} : { path }),
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a first program that is started',
        make: () =>
          npmChange(
            [{}, { 'a.js': 'a()' }],
            [{}, { 'a.js': `${call('require')}"child_process").exec("x");a()` }],
          ),
      },
      {
        about: 'a first connection',
        make: () =>
          npmChange(
            [{}, { 'a.js': '1' }],
            [{}, { 'a.js': `${call('fetch')}"https://a.example")` }],
          ),
      },
      {
        about: 'a first reading of credentials',
        make: () =>
          npmChange([{}, { 'a.js': '1' }], [{}, { 'b.js': 'read("~/.aws/credentials")' }]),
      },
      {
        about: 'a first eval',
        make: () => npmChange([{}, { 'a.js': '1' }], [{}, { 'a.js': `${call('eval')}x)` }]),
      },
    ],
    fine: [
      {
        about: 'what it could do before',
        make: () =>
          npmChange([{}, { 'a.js': `${call('fetch')}a)` }], [{}, { 'b.js': `${call('fetch')}b)` }]),
      },
      { about: 'a first release', make: () => npmFirst({}, { 'a.js': `${call('fetch')}a)` }) },
      {
        about: 'words in a text',
        make: () => npmChange([{}], [{}, { 'README.md': `${call('eval')}x) with child_process` }]),
      },
    ],
  },
};
