import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'kit-key',
  family: 'mail',
  title: 'Kit key',
  about: 'API keys of Kit, once ConvertKit (`kit_`)',
  forms: [['kit_', run('hex', 32)]],
});
