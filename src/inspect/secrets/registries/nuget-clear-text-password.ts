import { isPlaceholder } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'nuget-clear-text-password',
    family: 'registries',
    title: 'feed password in NuGet configuration',
    about: 'Passwords of package feeds in NuGet configuration, in clear text',
    mend: 'Change the password, and let a credential provider or an environment variable give it',
  }),
  keywords: ['ClearTextPassword'],
  pattern:
    /(?<prefix>ClearTextPassword"[ \t]{1,8}value[ \t]{0,4}=[ \t]{0,4}")(?<value>[^"\r\n]{8,200})"/y,
  reach: 320,
  verify({ groups }) {
    const { value = '' } = groups;
    if (/^%.+%$|[$#{]\{?\w+\}/.test(value)) return null;
    return isPlaceholder(value) || /passw|secret|^[a-z]+$/i.test(value)
      ? PLACEHOLDER
      : { confidence: 'plausible', reason: 'it is a password as NuGet reads it' };
  },
  examples: {
    bad: [
      {
        about: 'a feed with a password',
        make: () => `<add key="ClearTextPassword" value="${VALUE}" />`,
      },
    ],
    fine: [
      { about: 'a variable', make: () => '<add key="ClearTextPassword" value="%FEED_TOKEN%" />' },
      { about: 'the key alone', make: () => 'if (key == "ClearTextPassword") return;' },
    ],
  },
};

const VALUE = ['m4Kx', '7pQz', '2wVt', '9hRd', '6jLs'].join('');
