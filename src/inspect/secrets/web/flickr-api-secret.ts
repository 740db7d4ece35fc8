import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'flickr-api-secret',
  family: 'web',
  title: 'Flickr key',
  about: 'API keys of Flickr next to the name',
  names: ['flickr'],
  form: [run('hex', 32)],
});
