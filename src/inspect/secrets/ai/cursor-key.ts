import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cursor-key',
  family: 'ai',
  title: 'Cursor API key',
  about: 'API keys of Cursor, by their name',
  names: ['cursor_api', 'cursorApi'],
  form: ['key_', run('hex', 64)],
});
