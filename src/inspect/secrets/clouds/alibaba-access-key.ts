import { definePairedId } from '../paired-id.ts';
import { run } from '../token-form.ts';

export const rule = definePairedId({
  id: 'alibaba-access-key',
  family: 'clouds',
  title: 'Alibaba Cloud access key',
  about: 'Access key ids of Alibaba Cloud (`LTAI`), and whether a secret is near',
  prefix: 'LTAI',
  rest: run('alnum', 12, 26),
  secret: run('alnum', 30),
});
