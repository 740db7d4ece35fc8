import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'foursquare-key',
  family: 'web',
  title: 'Foursquare key',
  about: 'API keys of Foursquare in their third form (`fsq3`)',
  forms: [['fsq3', run('base64', 43), '=']],
});
