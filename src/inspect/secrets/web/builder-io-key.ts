import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'builder-io-key',
  family: 'web',
  title: 'Builder.io private key',
  about: 'Private keys of Builder.io (`bpk-`)',
  forms: [['bpk-', run('hex', 32)]],
});
