import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dockerhub-token',
  family: 'registries',
  title: 'Docker Hub token',
  about: 'Personal and organisation access tokens of Docker Hub (`dckr_pat_`, `dckr_oat_`)',
  forms: [
    ['dckr_pat_', run('base64Url', 27)],
    ['dckr_oat_', run('base64Url', 32)],
  ],
});
