import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'jetbrains-token',
  family: 'registries',
  title: 'JetBrains permanent token',
  about:
    'Permanent tokens of the JetBrains Marketplace, Hub, YouTrack and Space (`perm:`, `perm-`)',
  forms: [
    [
      ['perm:', 'perm-'],
      run('base64Pad', 4, 80),
      '.',
      run('base64Pad', 4, 80),
      '.',
      run('alnum', 20, 64),
    ],
  ],
});
