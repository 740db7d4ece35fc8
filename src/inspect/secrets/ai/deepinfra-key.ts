import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'deepinfra-key',
  family: 'ai',
  title: 'DeepInfra API key',
  about: 'API keys of DeepInfra, by their name',
  names: ['deepinfra'],
  form: [run('alnum', 32)],
});
