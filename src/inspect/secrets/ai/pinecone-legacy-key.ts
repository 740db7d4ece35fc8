import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pinecone-legacy-key',
  family: 'ai',
  title: 'Pinecone API key',
  about: 'Older API keys of Pinecone, a UUID next to the name',
  names: ['pinecone'],
  form: [...UUID_PARTS],
});
