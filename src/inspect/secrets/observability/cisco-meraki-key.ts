import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cisco-meraki-key',
  family: 'observability',
  title: 'Cisco Meraki key',
  about: 'API keys of Cisco Meraki next to the name',
  names: ['meraki'],
  form: [run('hex', 40)],
});
