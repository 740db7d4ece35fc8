import { looksRandom } from '../../look-alikes/randomness.ts';
import { PLACEHOLDER } from '../answers.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

/** What stands around keys that Firebase and Maps put into web pages on purpose. */
const WEB_PAGE = /firebase|authDomain|messagingSenderId|maps\.google|maps\/api/;

export const rule = defineToken({
  id: 'google-api-key',
  family: 'clouds',
  title: 'Google API key',
  about:
    'API keys of Google (`AIza`); some are made for web pages, others pay for models, maps and translations',
  severity: 'medium',
  attack:
    'Anyone spends the quota of the project, on paid services where the key is not restricted',
  mend: 'Restrict the key to the services and places that need it, or replace it and keep it on a server',
  forms: [['AIza', run('base64Url', 35)]],
  judge(token, { before, after }) {
    if (!looksRandom(token.slice(4), 64)) {
      return PLACEHOLDER;
    }
    return WEB_PAGE.test(before + after)
      ? { confidence: 'weak', reason: 'what is around it says that it is for web pages' }
      : { confidence: 'plausible', reason: 'it has the form of a key, which carries no checksum' };
  },
});
