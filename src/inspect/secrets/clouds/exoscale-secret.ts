import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'exoscale-secret',
  family: 'clouds',
  title: 'Exoscale API secret',
  about: 'API secrets of Exoscale, by their name',
  names: ['exoscale'],
  form: [run('base64Url', 43)],
});
