import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'recaptcha-secret',
  family: 'web',
  title: 'reCAPTCHA secret',
  about: 'Secret keys of reCAPTCHA next to its name',
  names: ['recaptcha'],
  form: ['6L', run('base64Url', 38)],
  also: /secret|private/i,
});
