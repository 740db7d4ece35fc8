import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'posthog-personal-key',
  family: 'observability',
  title: 'PostHog personal key',
  about:
    'Personal API keys, secure flag keys and OAuth tokens of PostHog (`phx_`, `phs_`, `pha_`, `phr_`); those with `phc_` are public',
  forms: [[['phx_', 'phs_', 'pha_', 'phr_'], run('alnum', 43, 48)]],
});
