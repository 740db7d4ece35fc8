import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretAnswer, SecretMatch } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'stripe-secret-key',
  family: 'payment',
  title: 'Stripe secret key',
  about: 'Live secret keys of Stripe (`sk_live_`); those of Clerk and others look the same',
  forms: [['sk_live_', run('alnum', 24, 247)]],
  judge: exceptHex,
});

/** Paystack's keys have the same prefix and forty hexadecimal digits. */
function exceptHex(token: string, { groups }: SecretMatch): SecretAnswer | null {
  if (/^sk_live_[0-9a-f]{40}$/.test(token)) return null;
  return looksRandom(groups['random'] ?? '', 62)
    ? { confidence: 'plausible', reason: 'it has the form of a live key' }
    : PLACEHOLDER;
}
