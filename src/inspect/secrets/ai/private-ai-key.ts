import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'private-ai-key',
  family: 'ai',
  title: 'Private AI key',
  about: 'API keys of Private AI next to the name',
  names: ['privateai', 'private_ai'],
  form: [run('hex', 32)],
});
