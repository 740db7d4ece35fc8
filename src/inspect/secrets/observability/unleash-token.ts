import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'unleash-token',
  family: 'observability',
  title: 'Unleash token',
  about:
    'Client and administration tokens of Unleash: an environment and 56 or 64 hexadecimal digits',
  forms: [
    [
      [
        '*:development.',
        '*:production.',
        'default:development.',
        'default:production.',
        '*:*.',
        '[]:development.',
        '[]:production.',
      ],
      run('hex', 56, 64),
    ],
  ],
});
