import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';

const NAMES = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((one) => [
  `${one}_KEY`,
  `${one}_SALT`,
]);
const SALT = ['q7$xT2m)k9&sLw-Zr4B!h8(N3v=c6+J1', 'p_Y5d#f0G@w2e*r4T7|u^i?o{L}k[M]z'].join('');

export const rule: SecretRule = {
  ...textsOf({
    id: 'wordpress-salt',
    family: 'web',
    title: 'WordPress salt',
    about: 'Keys and salts of `wp-config.php`, which sign sessions',
    attack: 'Whoever has them forges the session of an administrator',
    mend: 'Make new salts where the site runs, then remove the file from the package',
  }),
  keywords: NAMES.map((name) => `'${name}'`),
  pattern:
    /(?<prefix>'(?:AUTH|SECURE_AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)',[ \t]{0,8}')(?<salt>[\x20-\x26\x28-\x7e]{60,80})'/y,
  reach: 140,
  verify: judge,
  examples: {
    bad: [{ about: 'a configuration', make: () => `define('NONCE_SALT', '${SALT}');` }],
    fine: [
      {
        about: 'the file that WordPress ships',
        make: () => "define( 'AUTH_KEY',  'put your unique phrase here' );",
      },
    ],
  },
};

function judge({ groups }: SecretMatch): SecretAnswer {
  return new Set(groups['salt']).size >= 28
    ? { confidence: 'plausible', reason: 'it has the size of a salt and looks random' }
    : PLACEHOLDER;
}
