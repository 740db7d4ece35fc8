import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'datadog-application-key',
  family: 'observability',
  title: 'Datadog application key',
  about: 'Application keys of Datadog next to its name',
  names: ['datadog', 'dd_app_key', 'dd-application-key'],
  form: [run('hex', 40)],
});
