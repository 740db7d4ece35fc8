import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'heroku-legacy-key',
  family: 'clouds',
  title: 'Heroku API key',
  about: 'Older API keys of Heroku, UUIDs, by their name',
  names: ['heroku'],
  form: [...UUID_PARTS],
});
