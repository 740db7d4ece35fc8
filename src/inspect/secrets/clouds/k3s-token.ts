import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'k3s-token',
  family: 'clouds',
  title: 'k3s token',
  about: 'Tokens with which machines join a cluster of k3s (`K10`)',
  forms: [['K10', run('hex', 64), '::', ['server', 'node', 'agent'], ':', run('alnum', 32, 64)]],
});
