import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'netlify-token',
  family: 'clouds',
  title: 'Netlify token',
  about: 'Access tokens of Netlify (`nfp_`, `nfc_`, `nfo_`, `nfb_`, `nfu_`)',
  forms: [[['nfp_', 'nfc_', 'nfo_', 'nfb_', 'nfu_'], run('word', 36)]],
});
