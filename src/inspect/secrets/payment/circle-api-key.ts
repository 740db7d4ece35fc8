import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'circle-api-key',
  family: 'payment',
  title: 'Circle API key',
  about: 'API keys of Circle (`LIVE_API_KEY:`, `TEST_API_KEY:`)',
  forms: [[['LIVE_API_KEY:', 'TEST_API_KEY:'], run('hex', 32), ':', run('hex', 32)]],
});
