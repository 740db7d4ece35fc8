import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'helicone-key',
  family: 'ai',
  title: 'Helicone API key',
  about: 'API keys of Helicone (`sk-helicone-`)',
  forms: [
    [
      ['sk-helicone-', 'sk-helicone-eu-'],
      run('lowerDigit', 7),
      '-',
      run('lowerDigit', 7),
      '-',
      run('lowerDigit', 7),
      '-',
      run('lowerDigit', 7),
    ],
  ],
});
