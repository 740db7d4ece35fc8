import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'yandex-token',
  family: 'clouds',
  title: 'Yandex Cloud key',
  about: 'API keys and OAuth tokens of Yandex (`AQVN`, `y0_`)',
  forms: [
    ['AQVN', run('base64Url', 35, 38)],
    ['y0_AgAAAA', run('base64Url', 46, 54)],
  ],
});
