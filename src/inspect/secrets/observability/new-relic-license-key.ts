import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'new-relic-license-key',
  family: 'observability',
  title: 'New Relic license key',
  about: 'License keys of New Relic (`NRAL`) next to its name',
  names: ['newrelic', 'new_relic', 'new-relic', 'newRelic'],
  form: [run('alnum', 36), 'NRAL'],
});
