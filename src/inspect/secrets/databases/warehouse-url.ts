import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'warehouse-url',
  family: 'databases',
  title: 'address of a warehouse or search engine with password',
  about:
    'Addresses of Redshift, Db2, ClickHouse by its driver, Elasticsearch, Solr, InfluxDB, Memcached, SurrealDB, Teradata and Databricks that hold a password',
  schemes: [
    'redshift',
    'db2',
    'db2+ibm_db',
    'clickhousedb',
    'elasticsearch',
    'solr',
    'influxdb',
    'memcached',
    'surrealdb',
    'teradata',
    'teradatasql',
    'databricks',
    'tds',
  ],
});
