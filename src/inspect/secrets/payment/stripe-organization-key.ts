import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'stripe-organization-key',
  family: 'payment',
  title: 'Stripe organisation key',
  about: 'Keys of Stripe for all accounts of an organisation (`sk_org_live_`)',
  forms: [['sk_org_live_', run('alnum', 24, 247)]],
});
