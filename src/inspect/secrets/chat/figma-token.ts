import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'figma-token',
  family: 'chat',
  title: 'Figma token',
  about:
    'Personal access tokens of Figma (`figd_`), and tokens that its users give to applications (`figu_`, `figo_` and their like)',
  version: 7,
  forms: [
    [['figd_', 'figo_', 'figoh_', 'figor_', 'figu_', 'figuh_', 'figur_'], run('base64Url', 38, 43)],
  ],
});
