import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'tolgee-key',
  family: 'web',
  title: 'Tolgee key',
  about: 'Project and personal keys of Tolgee (`tgpak_`, `tgpat_`)',
  forms: [[['tgpak_', 'tgpat_'], run('lowerDigit', 40, 64)]],
});
