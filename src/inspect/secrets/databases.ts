/** Secrets of databases and search, and addresses with passwords. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as aivenPassword } from './databases/aiven-password.ts';
import { rule as algoliaAdminKey } from './databases/algolia-admin-key.ts';
import { rule as amqpUrl } from './databases/amqp-url.ts';
import { rule as astraToken } from './databases/astra-token.ts';
import { rule as clickhouseCloudKey } from './databases/clickhouse-cloud-key.ts';
import { rule as clickhouseUrl } from './databases/clickhouse-url.ts';
import { rule as cockroachdbApiKey } from './databases/cockroachdb-api-key.ts';
import { rule as contentfulToken } from './databases/contentful-token.ts';
import { rule as convexDeployKey } from './databases/convex-deploy-key.ts';
import { rule as couchbaseApiKey } from './databases/couchbase-api-key.ts';
import { rule as databentoKey } from './databases/databento-key.ts';
import { rule as dbtCloudToken } from './databases/dbt-cloud-token.ts';
import { rule as elasticCloudKey } from './databases/elastic-cloud-key.ts';
import { rule as faunaSecret } from './databases/fauna-secret.ts';
import { rule as fileServerUrl } from './databases/file-server-url.ts';
import { rule as graphDatabaseUrl } from './databases/graph-database-url.ts';
import { rule as hasuraAdminSecret } from './databases/hasura-admin-secret.ts';
import { rule as hexTechToken } from './databases/hex-tech-token.ts';
import { rule as influxdbToken } from './databases/influxdb-token.ts';
import { rule as kafkaJaasPassword } from './databases/kafka-jaas-password.ts';
import { rule as ldapUrl } from './databases/ldap-url.ts';
import { rule as lightdashToken } from './databases/lightdash-token.ts';
import { rule as lookerClientSecret } from './databases/looker-client-secret.ts';
import { rule as mailServerUrl } from './databases/mail-server-url.ts';
import { rule as materializePassword } from './databases/materialize-password.ts';
import { rule as meilisearchMasterKey } from './databases/meilisearch-master-key.ts';
import { rule as mongodbAtlasSecret } from './databases/mongodb-atlas-secret.ts';
import { rule as mongodbUrl } from './databases/mongodb-url.ts';
import { rule as mssqlUrl } from './databases/mssql-url.ts';
import { rule as mysqlDsn } from './databases/mysql-dsn.ts';
import { rule as mysqlUrl } from './databases/mysql-url.ts';
import { rule as natsUrl } from './databases/nats-url.ts';
import { rule as odbcConnectionString } from './databases/odbc-connection-string.ts';
import { rule as oracleUrl } from './databases/oracle-url.ts';
import { rule as postgresUrl } from './databases/postgres-url.ts';
import { rule as redisCloudKey } from './databases/redis-cloud-key.ts';
import { rule as redisString } from './databases/redis-string.ts';
import { rule as redisUrl } from './databases/redis-url.ts';
import { rule as sanityToken } from './databases/sanity-token.ts';
import { rule as snowflakeToken } from './databases/snowflake-token.ts';
import { rule as tinybirdToken } from './databases/tinybird-token.ts';
import { rule as typesenseApiKey } from './databases/typesense-api-key.ts';
import { rule as warehouseUrl } from './databases/warehouse-url.ts';
import { rule as warpstreamKey } from './databases/warpstream-key.ts';
import { rule as xataApiKey } from './databases/xata-api-key.ts';

/** In order of id. */
export const DATABASES: readonly SecretRule[] = [
  aivenPassword,
  algoliaAdminKey,
  amqpUrl,
  astraToken,
  clickhouseCloudKey,
  clickhouseUrl,
  cockroachdbApiKey,
  contentfulToken,
  convexDeployKey,
  couchbaseApiKey,
  databentoKey,
  dbtCloudToken,
  elasticCloudKey,
  faunaSecret,
  fileServerUrl,
  graphDatabaseUrl,
  hasuraAdminSecret,
  hexTechToken,
  influxdbToken,
  kafkaJaasPassword,
  ldapUrl,
  lightdashToken,
  lookerClientSecret,
  mailServerUrl,
  materializePassword,
  meilisearchMasterKey,
  mongodbAtlasSecret,
  mongodbUrl,
  mssqlUrl,
  mysqlDsn,
  mysqlUrl,
  natsUrl,
  odbcConnectionString,
  oracleUrl,
  postgresUrl,
  redisCloudKey,
  redisString,
  redisUrl,
  sanityToken,
  snowflakeToken,
  tinybirdToken,
  typesenseApiKey,
  warehouseUrl,
  warpstreamKey,
  xataApiKey,
];
