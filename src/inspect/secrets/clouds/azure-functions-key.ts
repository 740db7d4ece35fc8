import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-functions-key',
  title: 'Azure Functions key',
  about: 'Keys of Azure Functions, with `AzFu` inside and a checksum',
  bytes: 40,
  mark: 'AzFu',
  seeds: ['Master00', 'System00', 'Functi00'],
});
