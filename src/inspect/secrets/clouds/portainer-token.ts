import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'portainer-token',
  family: 'clouds',
  title: 'Portainer token',
  about: 'Access tokens of Portainer (`ptr_`)',
  forms: [['ptr_', run('base64', 43), '=']],
});
