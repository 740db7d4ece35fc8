import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'persona-api-key',
  family: 'web',
  title: 'Persona API key',
  about: 'API keys of Persona (`persona_production_`)',
  forms: [['persona_production_', run('base64Url', 20, 80)]],
});
