import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'clickhouse-cloud-key',
  family: 'databases',
  title: 'ClickHouse Cloud key',
  about: 'API secrets of ClickHouse Cloud (`4b1d`)',
  forms: [['4b1d', run('alnum', 38)]],
});
