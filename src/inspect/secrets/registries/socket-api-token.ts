import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'socket-api-token',
  family: 'registries',
  title: 'Socket API token',
  about: 'API tokens of Socket, which reads what a company depends on (`sktsec_`)',
  forms: [['sktsec_', run('base64Url', 40, 60)]],
});
