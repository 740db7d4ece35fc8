import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'assemblyai-key',
  family: 'ai',
  title: 'AssemblyAI API key',
  about: 'API keys of AssemblyAI, by their name',
  names: ['assemblyai', 'assembly_ai'],
  form: [run('hex', 32)],
});
