import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'onfido-api-token',
  family: 'web',
  title: 'Onfido API token',
  about: 'Live API tokens of Onfido (`api_live.`, `api_live_us.`, `api_live_ca.`)',
  forms: [[['api_live.', 'api_live_us.', 'api_live_ca.'], run('base64Url', 20, 80)]],
});
