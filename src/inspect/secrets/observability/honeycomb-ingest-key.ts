import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'honeycomb-ingest-key',
  family: 'observability',
  title: 'Honeycomb ingest key',
  about: 'Ingest and configuration keys of Honeycomb (`hcaik_`, `hcxik_`)',
  forms: [[['hcaik_', 'hcxik_', 'hcalk_', 'hcxlk_'], run('lowerDigit', 58)]],
});
