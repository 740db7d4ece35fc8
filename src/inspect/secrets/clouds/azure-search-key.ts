import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-search-key',
  title: 'Azure AI Search key',
  about: 'Query and admin keys of Azure AI Search, with `AzSe` inside and a checksum',
  bytes: 39,
  mark: 'AzSe',
  seeds: ['PAdmin00', 'Query000'],
});
