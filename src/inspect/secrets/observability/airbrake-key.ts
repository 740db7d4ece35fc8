import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'airbrake-key',
  family: 'observability',
  title: 'Airbrake key',
  about: 'Project and user keys of Airbrake next to its name',
  names: ['airbrake'],
  form: [run('hex', 32, 40)],
});
