import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'secret-token-uri',
  family: 'clouds',
  title: 'secret token',
  about: 'Tokens in the form of RFC 8959 (`secret-token:`), which says that they are secret',
  forms: [['secret-token:', run('secret', 20, 200)]],
});
