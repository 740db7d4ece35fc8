import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sumologic-access-key',
  family: 'observability',
  title: 'Sumo Logic access key',
  about: 'Access keys of Sumo Logic next to its name',
  names: ['sumologic', 'sumo_logic', 'sumo_access', 'sumo_key'],
  form: [run('alnum', 64)],
});
