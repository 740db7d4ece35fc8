import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

/** https://www.kaggle.com/docs/api */
export const rule: SecretRule = {
  ...textsOf({
    id: 'kaggle-file-key',
    version: 1,
    family: 'ai',
    title: 'Kaggle API key',
    about: 'API keys of Kaggle in `kaggle.json`, where nothing names it: a user and a key',
  }),
  keywords: ['{"username":'],
  pattern:
    /(?<prefix>\{"username": ?"[A-Za-z0-9_-]{1,60}", ?"key": ?")(?<random>[0-9a-f]{32})(?=" ?\})/y,
  reach: 140,
  verify: ({ groups }: SecretMatch) =>
    looksRandom(groups['random'] ?? '', 16)
      ? { confidence: 'plausible', reason: 'it stands where the file has its key' }
      : null,
  examples: {
    bad: [
      {
        about: 'the file',
        make: () => `{"username":"alice","key":"${sampleOf([run('hex', 32)], 'kaggle')}"}`,
      },
    ],
    fine: [{ about: 'words', make: () => '{"username":"alice","key":"the one of the door"}' }],
  },
};
