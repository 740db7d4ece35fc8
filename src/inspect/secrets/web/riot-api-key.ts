import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'riot-api-key',
  family: 'web',
  title: 'Riot Games key',
  about: 'API keys of Riot Games (`RGAPI-` and a UUID)',
  forms: [['RGAPI-', ...UUID_PARTS]],
});
