import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'naver-cloud-secret',
  family: 'clouds',
  title: 'Naver Cloud secret key',
  about: 'Secret keys of Naver Cloud (`ncp_iam_BPKSKR`)',
  forms: [['ncp_iam_BPKSKR', run('alnum', 28)]],
});
