import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'jumpcloud-key',
  family: 'web',
  title: 'JumpCloud key',
  about: 'API keys of JumpCloud next to its name',
  names: ['jumpcloud'],
  form: [run('lowerDigit', 40)],
});
