import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'hugging-face-token',
  family: 'ai',
  title: 'Hugging Face token',
  about: 'User and organisation tokens of Hugging Face (`hf_`, `api_org_`)',
  severity: 'critical',
  attack: 'The token reads private models, or replaces those that others download',
  forms: [
    ['hf_', run('letter', 34)],
    ['api_org_', run('letter', 34)],
  ],
});
