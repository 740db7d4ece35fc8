import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'buf-token',
  family: 'registries',
  title: 'Buf Schema Registry token',
  about: 'Tokens of the Buf Schema Registry, by their name',
  names: ['buf_token', 'bufToken'],
  form: [run('hex', 64)],
});
