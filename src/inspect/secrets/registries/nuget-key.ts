import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'nuget-key',
  family: 'registries',
  title: 'NuGet API key',
  about:
    'API keys of NuGet in their fourth form (`oy2`), which the PowerShell gallery takes as well',
  forms: [['oy2', run('aToP', 1), run('base32Lower', 42)]],
});
