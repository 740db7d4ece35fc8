import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'modal-token',
  family: 'ai',
  title: 'Modal token',
  about: 'Token secrets of Modal (`as-`), by their name',
  names: ['modal_token', 'modalToken'],
  form: ['as-', run('alnum', 22)],
});
