import { defineNamedValue } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'qdrant-key',
  family: 'ai',
  title: 'Qdrant key',
  about: 'API keys of Qdrant after its name',
  names: ['qdrant'],
  form: [...UUID_PARTS, '|', run('base64Url', 40, 64)],
});
