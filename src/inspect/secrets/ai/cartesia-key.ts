import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cartesia-key',
  family: 'ai',
  title: 'Cartesia API key',
  about: 'API keys of Cartesia (`sk_car_`)',
  forms: [['sk_car_', run('word', 20, 40)]],
});
