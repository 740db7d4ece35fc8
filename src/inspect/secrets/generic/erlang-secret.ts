import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue, lastName } from '../generic-value.ts';
import { run, sampleOf } from '../token-form.ts';

const NAMES = ['pass', 'password', 'secret', 'token', '_key', '_key_base'];
const [PASSWORD, TOKEN] = [run('alnum', 16), run('alnum', 40)].map((one) =>
  sampleOf([one], 'erlang-secret'),
);

/** A rule for properties of Erlang, whose names are atoms with a comma behind them. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'erlang-secret',
    version: 1,
    family: 'generic',
    title: 'secret in a property of Erlang',
    about:
      'Random values of properties of Erlang that are called a password, a key, a token or a secret: `{default_pass, <<"...">>}`',
  }),
  keywords: NAMES.flatMap((name) => [',"', ', "', ',<<"', ', <<"'].map((sign) => `${name}${sign}`)),
  pattern: new RegExp(
    `(?<prefix>(?<name>${NAMES.join('|')}), ?(?:<<)?")(?<value>[A-Za-z0-9+/=_.~!@#%^*?$:|-]{8,200})(?="(?:>>)?\\s{0,4}\\})`,
    'y',
  ),
  reach: 240,
  isGeneric: true,
  verify(match) {
    const name = lastName(match.before);
    // an atom at the begin of a tuple
    if (
      !/^[a-z_]*$/.test(name) ||
      !match.before.slice(0, -name.length || undefined).endsWith('{')
    ) {
      return null;
    }
    return judgeNamedValue(`${name}${match.groups['name'] ?? ''}`, match);
  },
  examples: {
    bad: [
      {
        about: 'of RabbitMQ',
        make: () => `[{rabbit, [{default_user, <<"app">>}, {default_pass, <<"${PASSWORD}">>}]}].\n`,
      },
      { about: 'as a list of characters', make: () => `{api_token,"${TOKEN}"}.\n` },
    ],
    fine: [
      { about: 'a word', make: () => '{default_pass, <<"guestguest">>}\n' },
      { about: 'an argument', make: () => `check(password, "${PASSWORD}")\n` },
    ],
  },
};
