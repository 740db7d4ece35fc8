import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cloudinary-url',
  family: 'web',
  title: 'Cloudinary address with secret',
  about: 'Addresses of Cloudinary with key and secret',
  forms: [
    ['cloudinary://', run('digit', 15), ':', run('base64Url', 27), '@', run('dashed', 1, 40)],
  ],
});
