import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'zerotier-token',
  family: 'clouds',
  title: 'ZeroTier token',
  about: 'API tokens of ZeroTier Central, by their name',
  names: ['zerotier'],
  form: [run('alnum', 32)],
});
