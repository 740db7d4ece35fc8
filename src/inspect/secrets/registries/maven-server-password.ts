import { isPlaceholder } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'maven-server-password',
    family: 'registries',
    title: 'repository password in Maven settings',
    about: 'Passwords of servers in the settings of Maven, Sonatype user tokens among them',
    mend: 'Change the password, and name an environment variable in the settings instead of its value',
  }),
  keywords: ['<server>'],
  pattern:
    /(?<prefix><server>\s{0,64}(?:<(?!password)[a-zA-Z]{1,20}>[^<]{0,100}<\/[a-zA-Z]{1,20}>\s{0,64}){0,4}<password>)(?<value>[^<\s]{8,200})(?=<\/password>)/y,
  reach: 1200,
  verify({ groups }) {
    const { value = '' } = groups;
    if (/[$%][{(]|%\w+%|@\w+@/.test(value)) return null;
    if (/^\{.*\}$/.test(value)) return { confidence: 'weak', reason: 'it is encrypted' };
    return isPlaceholder(value) || /passw|secret|^[a-z]+$/i.test(value)
      ? PLACEHOLDER
      : { confidence: 'plausible', reason: 'it is a password as Maven reads it' };
  },
  examples: {
    bad: [
      {
        about: 'a server with a password',
        make: () =>
          `<server>\n  <id>central</id>\n  <username>bob</username>\n  <password>${VALUE}</password>\n</server>\n`,
      },
    ],
    fine: [
      {
        about: 'a variable',
        make: () => `<server><id>a</id><password>${'$'}{env.PASSWORD}</password></server>`,
      },
      { about: 'a server alone', make: () => '<server><id>a</id></server>' },
    ],
  },
};

const VALUE = ['k7Rm', '2vXq', '9tLw', '4zHd', '8sNb'].join('');
