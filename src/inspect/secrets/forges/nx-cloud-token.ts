import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'nx-cloud-token',
  family: 'forges',
  title: 'Nx Cloud token',
  about: 'Access tokens of Nx Cloud, by their name',
  severity: 'high',
  names: ['nx_cloud_access', 'nxCloudAccess'],
  form: [run('base64Pad', 40, 100)],
});
