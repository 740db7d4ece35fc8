import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'datadog-app-token',
  family: 'observability',
  title: 'Datadog application key',
  about: 'Newer application keys of Datadog (`ddapp_`)',
  forms: [['ddapp_', run('alnum', 34)]],
});
