import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'octopus-deploy-key',
  family: 'forges',
  title: 'Octopus Deploy API key',
  about: 'API keys of Octopus Deploy (`API-` and 26 characters)',
  forms: [['API-', run('upperDigit', 26)]],
});
