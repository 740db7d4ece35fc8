import { unlessExample } from '../../look-alikes/example-context.ts';
import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

const CODE = sampleOf([run('base64Url', 54), '=='], 'function');

export const rule: SecretRule = {
  ...textsOf({
    id: 'azure-function-address',
    version: 1,
    family: 'clouds',
    title: 'address of an Azure function with its key',
    about:
      'Addresses of functions of Azure that hold the key of the function or its host (`code=`)',
  }),
  keywords: ['.azurewebsites.net/api/'],
  pattern:
    /(?<prefix>\.azurewebsites\.net\/api\/[^\s"'`?<>]{1,160}\?(?:[^\s"'`<>]{0,160}?&(?:amp;)?)?code=)(?<value>[A-Za-z0-9_/%-]{40,100}={0,2})/y,
  reach: 460,
  verify(match) {
    return looksRandom((match.groups['value'] ?? '').replace(/=+$/, ''), 64)
      ? unlessExample(HELD, match)
      : PLACEHOLDER;
  },
  examples: {
    bad: [
      {
        about: 'an address in code',
        make: () => `const run = "https://q4zk.azurewebsites.net/api/Run?code=${CODE}";`,
      },
      {
        about: 'behind another name',
        make: () => `const run = "https://q4zk.azurewebsites.net/api/Run?name=a&code=${CODE}";`,
      },
    ],
    fine: [
      { about: 'a variable', make: () => '`https://q4zk.azurewebsites.net/api/Run?code=${code}`' },
      { about: 'no key', make: () => 'https://q4zk.azurewebsites.net/api/Run?name=a' },
    ],
  },
};

const HELD = {
  confidence: 'plausible',
  reason: 'it stands where the key of a function does, and looks random',
} as const;
