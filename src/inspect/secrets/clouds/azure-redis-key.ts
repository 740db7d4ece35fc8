import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-redis-key',
  title: 'Azure Cache for Redis key',
  about: 'Keys of Azure Cache for Redis, with `AzCa` inside and a checksum',
  bytes: 32,
  mark: 'AzCa',
  seeds: ['Access00'],
});
