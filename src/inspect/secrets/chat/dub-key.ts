import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dub-key',
  family: 'chat',
  title: 'Dub key',
  about: 'API keys of Dub (`dub_`)',
  forms: [['dub_', run('alnum', 24)]],
});
