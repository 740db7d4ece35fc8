import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'better-stack-token',
  family: 'observability',
  title: 'Better Stack token',
  about: 'Tokens of Better Stack and Logtail next to the name',
  names: ['betterstack', 'better_stack', 'betteruptime', 'logtail'],
  form: [run('alnum', 24)],
});
