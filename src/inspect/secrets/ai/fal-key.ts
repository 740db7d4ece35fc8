import { defineNamedValue } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'fal-key',
  family: 'ai',
  title: 'fal API key',
  about: 'API keys of fal, by their name',
  names: ['fal_key', 'falKey', 'fal_api'],
  form: [...UUID_PARTS, ':', run('hex', 32)],
});
