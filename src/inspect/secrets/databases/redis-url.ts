import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'redis-url',
  family: 'databases',
  title: 'Redis address with password',
  about: 'Addresses of Redis and Valkey servers with a password',
  schemes: ['redis', 'rediss', 'redis+sentinel', 'redis-sentinel', 'valkey', 'valkeys'],
});
