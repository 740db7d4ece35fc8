import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'sentry-organization-token',
  family: 'observability',
  title: 'Sentry organisation token',
  about: 'Organisation tokens of Sentry (`sntrys_` and JSON in base64)',
  forms: [['sntrys_eyJpYXQiO', run('base64', 60, 400), ['_', '=_', '==_'], run('base64', 43)]],
});
