import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'anthropic-key',
  family: 'ai',
  title: 'Anthropic key',
  about: 'API, admin and OAuth keys of Anthropic (`sk-ant-`)',
  severity: 'critical',
  forms: [
    [
      ['sk-ant-api03-', 'sk-ant-admin01-', 'sk-ant-oat01-', 'sk-ant-ort01-'],
      run('base64Url', 93),
      'AA',
    ],
    ['sk-ant-', run('lower', 3, 7), run('digit', 2), '-', run('base64Url', 80, 120)],
  ],
});
