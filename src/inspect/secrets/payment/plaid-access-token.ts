import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'plaid-access-token',
  family: 'payment',
  title: 'Plaid access token',
  about: 'Access tokens of Plaid (`access-production-`), each of which opens a bank account',
  forms: [[['access-production-', 'access-development-', 'access-sandbox-'], ...UUID_PARTS]],
});
