import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'zoho-token',
  family: 'chat',
  title: 'Zoho token',
  about: 'Tokens and client secrets of Zoho next to the name',
  names: ['zoho'],
  form: ['1000.', run('hex', 32), '.', run('hex', 32)],
});
