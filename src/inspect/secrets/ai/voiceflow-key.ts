import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'voiceflow-key',
  family: 'ai',
  title: 'Voiceflow API key',
  about: 'API keys of Voiceflow (`VF.`)',
  forms: [[['VF.DM.', 'VF.WS.'], run('hex', 24), '.', run('alnum', 16)]],
});
