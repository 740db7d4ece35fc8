import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cal-com-key',
  family: 'chat',
  title: 'Cal.com key',
  about: 'API keys of Cal.com (`cal_live_`)',
  forms: [['cal_live_', run('hex', 32)]],
});
