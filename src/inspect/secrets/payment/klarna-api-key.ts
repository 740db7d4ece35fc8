import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'klarna-api-key',
  family: 'payment',
  title: 'Klarna API key',
  about: 'API keys of Klarna (`klarna_live_api_`)',
  forms: [[['klarna_live_api_', 'klarna_test_api_'], run('base64Url', 40, 220)]],
});
