import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'securitytrails-key',
  family: 'web',
  title: 'SecurityTrails key',
  about: 'API keys of SecurityTrails next to its name',
  names: ['securitytrails'],
  form: [run('alnum', 32)],
});
