import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'akamai-token',
  family: 'clouds',
  title: 'Akamai EdgeGrid token',
  about: 'Client and access tokens of Akamai EdgeGrid (`akab-`)',
  forms: [['akab-', run('lowerDigit', 16), '-', run('lowerDigit', 16)]],
});
