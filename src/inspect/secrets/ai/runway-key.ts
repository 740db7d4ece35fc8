import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'runway-key',
  family: 'ai',
  title: 'Runway API key',
  about: 'API keys of Runway, by their name',
  names: ['runway'],
  form: ['key_', run('hex', 128)],
});
