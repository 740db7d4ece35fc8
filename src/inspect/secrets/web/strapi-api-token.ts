import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'strapi-api-token',
  family: 'web',
  title: 'Strapi API token',
  about: 'API tokens of Strapi after its name',
  names: ['strapi'],
  form: [run('hex', 256)],
});
