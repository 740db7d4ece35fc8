import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dryrun-security-key',
  family: 'forges',
  title: 'DryRun Security key',
  about: 'API keys of DryRun Security (`dryrunsec_`)',
  forms: [['dryrunsec_', run('alnum', 32)]],
});
