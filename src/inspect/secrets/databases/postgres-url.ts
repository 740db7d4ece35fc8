import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'postgres-url',
  family: 'databases',
  title: 'PostgreSQL address with password',
  about: 'Addresses of PostgreSQL databases with a password',
  schemes: [
    'postgresql',
    'postgres',
    'postgresql+psycopg2',
    'postgresql+psycopg',
    'postgresql+asyncpg',
    'postgresql+pg8000',
    'cockroachdb',
    'postgis',
  ],
});
