import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-container-registry-key',
  title: 'Azure Container Registry key',
  about: 'Keys of the Azure Container Registry, with `+ACR` inside and a checksum',
  bytes: 39,
  mark: '+ACR',
  seeds: ['ACRDflt0'],
});
