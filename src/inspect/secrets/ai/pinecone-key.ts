import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'pinecone-key',
  family: 'ai',
  title: 'Pinecone API key',
  about: 'API keys of Pinecone (`pcsk_`)',
  forms: [['pcsk_', run('alnum', 5, 6), '_', run('alnum', 60, 70)]],
});
