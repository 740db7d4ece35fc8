import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'grafana-api-key',
  family: 'observability',
  title: 'Grafana API key',
  about: 'Older API keys of Grafana, JSON in base64 (`eyJrIjoi`)',
  forms: [['eyJrIjoi', run('base64Pad', 32, 400)]],
});
