import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'virustotal-key',
  family: 'web',
  title: 'VirusTotal key',
  about: 'API keys of VirusTotal next to its name',
  names: ['virustotal', 'vt_api'],
  form: [run('hex', 64)],
});
