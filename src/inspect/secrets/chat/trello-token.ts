import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'trello-token',
  family: 'chat',
  title: 'Trello token',
  about: 'Access tokens of Trello (`ATTA`)',
  forms: [['ATTA', run('anyHex', 72)]],
});
