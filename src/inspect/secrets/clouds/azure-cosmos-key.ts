import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-cosmos-key',
  title: 'Azure Cosmos DB key',
  about: 'Keys of Azure Cosmos DB, with `ACDb` inside and a checksum',
  bytes: 64,
  mark: 'ACDb',
  seeds: ['MastRW00', 'MastRO00', 'SystRW00', 'SystRO00', 'SysAll00', 'Resour00', 'Encryp00'],
});
