import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'midtrans-server-key',
  family: 'payment',
  title: 'Midtrans server key',
  about: 'Server keys of Midtrans (`Mid-server-`)',
  forms: [['Mid-server-', run('base64Url', 24)]],
});
