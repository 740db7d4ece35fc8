import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'daytona-key',
  family: 'ai',
  title: 'Daytona key',
  about: 'API keys of Daytona (`dtn_`)',
  forms: [['dtn_', run('hex', 64)]],
});
