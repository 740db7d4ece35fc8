import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretAnswer, SecretMatch } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'grafana-cloud-token',
  family: 'observability',
  title: 'Grafana Cloud token',
  about: 'Access policy tokens of Grafana Cloud (`glc_` and JSON in base64)',
  forms: [['glc_', run('base64', 60, 240)]],
  judge: judgeJson,
  complete: () => `glc_${Buffer.from(EXAMPLE).toString('base64')}`,
});

const EXAMPLE = '{"o":"652992","n":"publisher-ci","k":"9fJ4w8Kq2ZtX7vB3nL6m","m":{"r":"eu"}}';

function judgeJson(token: string, { groups }: SecretMatch): SecretAnswer {
  const text = Buffer.from(token.slice(4), 'base64').toString('latin1');
  if (/^\{"o":"\d/.test(text))
    return { confidence: 'plausible', reason: 'it holds an organisation and a key' };
  return looksRandom(groups['random'] ?? '', 64)
    ? { confidence: 'weak', reason: 'it does not hold the JSON of such a token' }
    : PLACEHOLDER;
}
