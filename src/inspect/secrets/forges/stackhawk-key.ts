import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'stackhawk-key',
  family: 'forges',
  title: 'StackHawk API key',
  about: 'API keys of StackHawk (`hawk.`)',
  forms: [['hawk.', run('base64Url', 20), '.', run('base64Url', 20)]],
});
