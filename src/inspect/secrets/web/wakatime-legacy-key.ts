import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'wakatime-legacy-key',
  family: 'web',
  title: 'WakaTime API key',
  about: 'Older API keys of WakaTime, a UUID next to the name',
  names: ['wakatime', 'waka_time'],
  form: [...UUID_PARTS],
});
