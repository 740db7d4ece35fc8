import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'google-gemini-key',
  family: 'ai',
  title: 'Google Gemini API key',
  about: 'API keys of Google Gemini in their form of 2026 (`AQ.Ab8RN6`)',
  forms: [
    ['AQ.Ab8RN6', run('base64Url', 44)],
    ['AQ.Ab8', run('base64Url', 44, 60)],
  ],
});
