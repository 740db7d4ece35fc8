import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'customerio-api-key',
  family: 'mail',
  title: 'Customer.io API key',
  about: 'Tracking and application keys of Customer.io next to its name',
  names: ['customerio', 'customer_io'],
  form: [run('hex', 32)],
});
