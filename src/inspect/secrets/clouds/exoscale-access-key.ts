import { definePairedId } from '../paired-id.ts';
import { run } from '../token-form.ts';

export const rule = definePairedId({
  id: 'exoscale-access-key',
  family: 'clouds',
  title: 'Exoscale access key',
  about: 'API keys of Exoscale (`EXO`), and whether a secret is near',
  prefix: 'EXO',
  rest: run('alnum', 24, 30),
  secret: run('base64Url', 43),
});
