import { looksRandom } from '../../look-alikes/randomness.ts';
import { FORMED, PLACEHOLDER_OR_WORDS } from '../answers.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'akamai-token',
  version: 7,
  family: 'clouds',
  title: 'Akamai EdgeGrid token',
  about: 'Client and access tokens of Akamai EdgeGrid (`akab-`), but not the host of an account',
  forms: [['akab-', run('lowerDigit', 16), '-', run('lowerDigit', 16)]],
  judge(_, { groups, after }) {
    if (/^\.(?:[a-z0-9-]{1,40}\.){1,3}net\b/.test(after)) return null;
    return looksRandom(groups['random'] ?? '', 36) ? FORMED : PLACEHOLDER_OR_WORDS;
  },
});
