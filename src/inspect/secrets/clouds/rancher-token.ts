import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'rancher-token',
  family: 'clouds',
  title: 'Rancher token',
  about: 'Bearer tokens of Rancher (`token-`)',
  forms: [
    [
      ['token-', 'kubeconfig-u-', 'kubeconfig-user-'],
      run('lowerDigit', 5, 16),
      ':',
      run('lowerDigit', 54),
    ],
  ],
});
