import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'todoist-token',
  family: 'chat',
  title: 'Todoist token',
  about: 'API tokens of Todoist next to its name',
  names: ['todoist'],
  form: [run('hex', 40)],
});
