import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'vk-access-token',
  family: 'web',
  title: 'VK access token',
  about: 'Access tokens of VK (`vk1.a.`)',
  forms: [['vk1.a.', run('base64Url', 150, 260)]],
});
