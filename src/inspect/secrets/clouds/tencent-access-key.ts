import { definePairedId } from '../paired-id.ts';
import { run } from '../token-form.ts';

export const rule = definePairedId({
  id: 'tencent-access-key',
  family: 'clouds',
  title: 'Tencent Cloud access key',
  about: 'Secret ids of Tencent Cloud (`AKID`), and whether a secret key is near',
  prefix: 'AKID',
  rest: run('alnum', 32),
  secret: run('alnum', 32),
});
