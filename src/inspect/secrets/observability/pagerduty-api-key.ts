import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pagerduty-api-key',
  family: 'observability',
  title: 'PagerDuty API key',
  about: 'API keys of PagerDuty next to its name',
  names: ['pagerduty', 'pager_duty'],
  form: [run('base64Url', 20)],
});
