import { isPlaceholder } from '../../look-alikes/randomness.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';

const KEY = ['q7$xt2m)k9&slw-zr4b', '!h8(n3v=c6+j1p_y5d#f0g', '@w2e*r4t7'].join('');

export const rule: SecretRule = {
  ...textsOf({
    id: 'django-secret-key',
    family: 'web',
    title: 'Django secret key',
    about:
      'Secret keys of Django and Flask applications (`SECRET_KEY`); those that Django marks as insecure are only noted',
    attack: 'Whoever has the key forges sessions and links that reset passwords',
    mend: 'Make a new key where the application runs, and take it from the environment',
  }),
  keywords: ['SECRET_KEY'],
  pattern:
    /(?<prefix>SECRET_KEY["']?\]?[ \t]{0,8}(?:=|:)[ \t]{0,8}(?:[rbu]{0,2})(?<quote>["']))(?<key>[\x21\x23-\x26\x28-\x5b\x5d-\x7e]{40,128})/y,
  reach: 200,
  verify: judge,
  examples: {
    bad: [{ about: 'a settings module', make: () => `SECRET_KEY = '${KEY}'\n` }],
    fine: [
      { about: 'the environment', make: () => 'SECRET_KEY = os.environ["SECRET_KEY"]' },
      { about: 'a digest under the name', make: () => `SECRET_KEY_SHA = '${'0'.repeat(64)}'` },
    ],
  },
};

function judge({ groups, after }: SecretMatch): SecretAnswer | null {
  const { key = '', quote = '' } = groups;
  if (!after.startsWith(quote)) return null;
  if (key.startsWith('django-insecure-') || isPlaceholder(key)) {
    return { confidence: 'weak', reason: 'it is marked as one for development' };
  }
  const kinds = [/[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(key)).length;
  return kinds === 3 && new Set(key).size >= 20 && !/[a-z]{9}/i.test(key)
    ? { confidence: 'plausible', reason: 'it has the size of a key and looks random' }
    : null;
}
