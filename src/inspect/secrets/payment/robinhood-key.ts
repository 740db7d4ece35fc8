import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'robinhood-key',
  family: 'payment',
  title: 'Robinhood key',
  about: 'Keys of the crypto interface of Robinhood (`rh-api-` and a UUID)',
  forms: [['rh-api-', ...UUID_PARTS]],
});
