import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'posthog-personal-key',
  family: 'observability',
  title: 'PostHog personal key',
  about:
    'Personal API keys and secure flag keys of PostHog (`phx_`, `phs_`); those with `phc_` are public',
  forms: [[['phx_', 'phs_'], run('alnum', 43, 48)]],
});
