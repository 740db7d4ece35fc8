import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'trend-micro-key',
  family: 'clouds',
  title: 'Trend Micro key',
  about: 'API keys of Trend Micro Cloud One (`tmc1`)',
  forms: [['tmc1', run('alnum', 26, 32), ':', run('alnum', 60, 70)]],
});
