import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'deepgram-key',
  family: 'ai',
  title: 'Deepgram API key',
  about: 'API keys of Deepgram, by their name',
  names: ['deepgram'],
  form: [run('hex', 40)],
});
