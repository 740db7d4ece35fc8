import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'figma-token',
  family: 'chat',
  title: 'Figma token',
  about: 'Personal access tokens of Figma (`figd_`)',
  forms: [['figd_', run('base64Url', 38, 43)]],
});
