import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'strava-client-secret',
  family: 'web',
  title: 'Strava client secret',
  about: 'Client secrets of Strava next to its name',
  names: ['strava'],
  form: [run('hex', 40)],
  also: /secret|token/i,
});
