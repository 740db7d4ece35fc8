import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'uptimerobot-key',
  family: 'observability',
  title: 'UptimeRobot key',
  about: 'API keys of UptimeRobot next to its name',
  names: ['uptimerobot', 'uptime_robot'],
  form: [['ur', 'u'], run('digit', 6, 9), '-', run('hex', 24)],
});
