import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'zapier-webhook',
  family: 'chat',
  title: 'Zapier webhook',
  about: 'Addresses that start Zapier workflows',
  forms: [['hooks.zapier.com/hooks/catch/', run('digit', 6, 10), '/', run('lowerDigit', 6, 12)]],
  severity: 'medium',
  judge: () => ({ confidence: 'plausible', reason: 'the address alone starts the workflow' }),
});
