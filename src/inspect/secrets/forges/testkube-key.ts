import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'testkube-key',
  family: 'forges',
  title: 'Testkube key',
  about: 'API keys of Testkube (`tkcapi_`)',
  forms: [['tkcapi_', run('lowerDigit', 30, 64)]],
});
