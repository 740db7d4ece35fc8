import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'feishu-bot-webhook',
  family: 'chat',
  title: 'Feishu webhook',
  about: 'Addresses of Feishu and Lark bots',
  forms: [
    [
      ['open.feishu.cn/open-apis/bot/v2/hook/', 'open.larksuite.com/open-apis/bot/v2/hook/'],
      ...UUID_PARTS,
    ],
  ],
});
