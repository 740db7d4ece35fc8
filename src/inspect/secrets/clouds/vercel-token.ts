import { crc32Base62 } from '../../secret-format/token-checksum.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'vercel-token',
  family: 'clouds',
  title: 'Vercel token',
  about:
    'Personal, integration, app, refresh and AI gateway tokens of Vercel (`vcp_`, `vci_`, `vca_`, `vcr_`, `vck_`), with their checksum',
  forms: [[['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], run('base64Url', 50), run('alnum', 6)]],
  sign: (token) => token.slice(0, -6) + crc32Base62(token.slice(4, -6)),
});
