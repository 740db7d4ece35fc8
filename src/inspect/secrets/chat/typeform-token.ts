import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'typeform-token',
  family: 'chat',
  title: 'Typeform token',
  about: 'Personal access tokens of Typeform (`tfp_`)',
  forms: [['tfp_', run('dotted', 55, 62)]],
});
