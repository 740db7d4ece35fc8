import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-storage-key',
  title: 'Azure storage key',
  about: 'Keys of Azure storage accounts in their newer form, with `+ASt` inside and a checksum',
  bytes: 64,
  mark: '+ASt',
  seeds: ['Default0'],
});
