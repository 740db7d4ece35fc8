import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'lighton-key',
  family: 'ai',
  title: 'LightOn key',
  about: 'API keys of LightOn Paradigm next to the name',
  names: ['lighton', 'paradigm_api'],
  form: [run('base64Url', 40)],
});
