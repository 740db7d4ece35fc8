import { unlessExample } from '../../look-alikes/example-context.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import { FORMED } from '../answers.ts';
import { defineToken } from '../define.ts';
import { quoted, run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dify-key',
  version: 1,
  family: 'ai',
  title: 'Dify API key',
  about: 'API keys of Dify (`app-`, `dataset-`) as a string, or after the name of a variable',
  forms: [[[...quoted('app-'), ...quoted('dataset-')], run('alnum', 24)]],
  // names of applications and of data begin so too, with words or a digest behind it
  judge: (_, match) => {
    const body = match.groups['random'] ?? '';
    const isMixed = /[a-z]/.test(body) && /[A-Z]/.test(body) && /\d/.test(body);
    return isMixed && looksGenerated(body) ? unlessExample(FORMED, match) : null;
  },
});
