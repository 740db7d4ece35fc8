import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

/** What the number of an application begins with, in base64. */
const FIRST = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

export const rule = defineToken({
  id: 'facebook-access-token',
  family: 'web',
  title: 'Facebook access token',
  about: 'Access tokens of Facebook users, pages and applications (`EAA`)',
  forms: [[FIRST.map((letter) => `EAA${letter}`), run('alnum', 100, 400)]],
});
