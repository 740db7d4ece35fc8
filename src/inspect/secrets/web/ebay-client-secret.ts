import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'ebay-client-secret',
  family: 'web',
  title: 'eBay client secret',
  about: 'Production client secrets of eBay (`PRD-`)',
  forms: [
    [
      'PRD-',
      run('hex', 12),
      '-',
      run('hex', 4),
      '-',
      run('hex', 4),
      '-',
      run('hex', 4),
      '-',
      run('hex', 4),
    ],
  ],
});
