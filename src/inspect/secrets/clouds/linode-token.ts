import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'linode-token',
  family: 'clouds',
  title: 'Linode token',
  about: 'Personal access tokens of Linode, by their name',
  names: ['linode'],
  form: [run('hex', 64)],
});
