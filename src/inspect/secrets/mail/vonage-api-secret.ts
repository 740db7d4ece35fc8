import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'vonage-api-secret',
  family: 'mail',
  title: 'Vonage API secret',
  about: 'API secrets of Vonage, once Nexmo, next to its name',
  names: ['vonage', 'nexmo'],
  form: [run('alnum', 16)],
  also: /secret/i,
});
