import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'segment-api-token',
  family: 'observability',
  title: 'Segment API token',
  about: 'Tokens of the public API of Segment (`sgp_`)',
  forms: [['sgp_', run('alnum', 64)]],
});
