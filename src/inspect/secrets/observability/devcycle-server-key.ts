import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'devcycle-server-key',
  family: 'observability',
  title: 'DevCycle server key',
  about: 'Server keys of DevCycle (`dvc_server_`)',
  forms: [['dvc_server_', run('base64Url', 32, 64)]],
});
