import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'abuseipdb-key',
  family: 'web',
  title: 'AbuseIPDB key',
  about: 'API keys of AbuseIPDB next to the name',
  names: ['abuseipdb'],
  form: [run('hex', 80)],
});
