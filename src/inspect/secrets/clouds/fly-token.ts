import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'fly-token',
  family: 'clouds',
  title: 'Fly.io token',
  about: 'Tokens of Fly.io (`fm2_`, `fm1r_`, `fm1a_`, `fo1_`), and after `FlyV1`',
  forms: [
    ['fm2_', run('urlPad', 100, 4000)],
    [['fm1r_', 'fm1a_'], run('urlPad', 100, 4000)],
    ['fo1_', run('base64Url', 43)],
    ['FlyV1 ', run('urlPad', 100, 4000)],
  ],
});
