import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'ngrok-token',
  family: 'clouds',
  title: 'ngrok token',
  about: 'Auth tokens and API keys of ngrok, by their name',
  names: ['ngrok'],
  form: [run('alnum', 25, 30), '_', run('alnum', 20, 24)],
});
