import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'openshift-token',
  family: 'clouds',
  title: 'OpenShift token',
  about: 'User tokens of OpenShift (`sha256~`)',
  forms: [['sha256~', run('base64Url', 43)]],
});
