import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'azure-openai-legacy-key',
  family: 'ai',
  title: 'Azure OpenAI key',
  about: 'Older keys of Azure OpenAI, 32 hex digits, by their name',
  names: ['azure_openai', 'azureOpenai', 'azureOpenAI', 'openai_azure'],
  form: [run('hex', 32)],
});
