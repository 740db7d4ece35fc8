import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'chromatic-project-token',
  family: 'forges',
  title: 'Chromatic project token',
  about: 'Project tokens of Chromatic (`chpt_`)',
  forms: [['chpt_', run('lowerDigit', 12, 20)]],
  severity: 'medium',
});
