import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'clarifai-key',
  family: 'ai',
  title: 'Clarifai token',
  about: 'Personal access tokens and keys of Clarifai, by their name',
  names: ['clarifai'],
  form: [run('hex', 32)],
});
