import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'miro-token',
  family: 'chat',
  title: 'Miro token',
  about: 'Access tokens of Miro, which start with their origin in base64',
  forms: [['eyJtaXJvLm9yaWdpbiI6', run('base64Url', 20, 80)]],
});
