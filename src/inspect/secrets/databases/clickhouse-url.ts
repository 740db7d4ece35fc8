import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'clickhouse-url',
  family: 'databases',
  title: 'ClickHouse address with password',
  about: 'Addresses of ClickHouse, Snowflake, Trino and other warehouses with a password',
  schemes: [
    'clickhouse',
    'clickhouse+native',
    'clickhouse+http',
    'snowflake',
    'trino',
    'presto',
    'hive',
    'impala',
    'vertica',
    'redshift+psycopg2',
  ],
});
