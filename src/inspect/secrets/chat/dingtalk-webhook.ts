import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dingtalk-webhook',
  family: 'chat',
  title: 'DingTalk webhook',
  about: 'Addresses of DingTalk robots',
  forms: [['oapi.dingtalk.com/robot/send?access_token=', run('hex', 64)]],
});
