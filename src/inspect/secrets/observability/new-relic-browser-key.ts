import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'new-relic-browser-key',
  family: 'observability',
  title: 'New Relic browser key',
  about: 'Browser keys of New Relic (`NRJS-`), which pages show',
  forms: [['NRJS-', run('hex', 19)]],
  severity: 'low',
  attack: 'Anyone sends data that the dashboards believe',
});
