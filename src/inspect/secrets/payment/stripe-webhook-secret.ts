import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'stripe-webhook-secret',
  family: 'payment',
  title: 'webhook signing secret',
  about: 'Signing secrets of webhooks (`whsec_`), as Stripe, Svix and others make them',
  forms: [['whsec_', run('base64', 32, 88)]],
  attack: 'Anyone forges events that the receiver believes, such as a payment that never came',
});
