import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'xendit-secret-key',
  family: 'payment',
  title: 'Xendit secret key',
  about: 'Secret keys of Xendit (`xnd_production_`)',
  forms: [[['xnd_production_', 'xnd_development_'], run('alnum', 40, 90)]],
});
