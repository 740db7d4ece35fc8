import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'aws-bedrock-key',
  family: 'clouds',
  title: 'Amazon Bedrock API key',
  about: 'Long-lived and short-lived API keys of Amazon Bedrock (`ABSK`, `bedrock-api-key-`)',
  forms: [
    ['ABSKQmVkcm9ja0FQSUtleS', run('base64Pad', 80, 260)],
    ['bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t', run('base64Pad', 100, 3000)],
  ],
});
