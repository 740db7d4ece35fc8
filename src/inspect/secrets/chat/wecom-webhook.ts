import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'wecom-webhook',
  family: 'chat',
  title: 'WeCom webhook',
  about: 'Addresses of WeCom (WeChat Work) robots',
  forms: [['qyapi.weixin.qq.com/cgi-bin/webhook/send?key=', ...UUID_PARTS]],
});
