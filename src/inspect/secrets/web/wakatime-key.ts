import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'wakatime-key',
  family: 'web',
  title: 'WakaTime key',
  about: 'API keys of WakaTime (`waka_`)',
  forms: [['waka_', ...UUID_PARTS]],
  severity: 'medium',
});
