import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'hcaptcha-secret',
  family: 'web',
  title: 'hCaptcha secret',
  about: 'Secret keys of hCaptcha next to its name',
  names: ['hcaptcha'],
  form: [['0x', 'ES_'], run('anyHex', 32, 40)],
  also: /secret|private/i,
});
