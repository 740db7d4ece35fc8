import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-api-management-key',
  title: 'Azure API Management key',
  about: 'Keys of Azure API Management, with `APIM` inside and a checksum',
  bytes: 64,
  mark: 'APIM',
  seeds: ['Tenant00', 'IoTHub00', 'Gatewy00', 'GitKey00'],
});
