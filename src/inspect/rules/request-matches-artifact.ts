import { quoteForeign } from '../../formats/text.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'request-matches-artifact',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'What the upload request says is what the package inside the artifact says',
  attack:
    'Registry pages and resolvers show the dependencies and scripts of the request while installers run those of the package (manifest confusion)',
  mend: 'Upload with an unmodified client from the folder that was packed; do not edit metadata between packing and publishing',
  *check({ inputs }) {
    for (const { file, differences } of inputs.requestDifferences) {
      for (const { field, claimed, actual } of differences) {
        const message = `the request says ${quoteForeign(field)} is ${quoteForeign(claimed)}, the artifact says ${quoteForeign(actual)}`;
        yield { subject: `${file} ${field}`, file, message };
      }
    }
  },
  examples: {
    bad: [
      {
        about: 'a request that leaves an install script out',
        make: () =>
          sampleRelease({
            inputs: {
              requestDifferences: [
                {
                  file: 'aitbc-explorer-web-1.2.3.tgz',
                  differences: [
                    { field: 'scripts.postinstall', claimed: '', actual: 'node run.js' },
                  ],
                },
              ],
            },
          }),
      },
    ],
    fine: [
      { about: 'a request that agrees', make: () => sampleRelease() },
      {
        about: 'a file that was compared and agrees',
        make: () =>
          sampleRelease({ inputs: { requestDifferences: [{ file: 'a.tgz', differences: [] }] } }),
      },
    ],
  },
};
