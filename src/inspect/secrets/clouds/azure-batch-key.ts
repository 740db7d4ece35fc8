import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-batch-key',
  title: 'Azure Batch key',
  about: 'Keys of Azure Batch accounts, with `+ABa` inside and a checksum',
  bytes: 64,
  mark: '+ABa',
  seeds: ['AbAcct00'],
});
