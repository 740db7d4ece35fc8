import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-relay-key',
  title: 'Azure Relay key',
  about: 'Keys of Azure Relay, with `+ARm` inside and a checksum',
  bytes: 32,
  mark: '+ARm',
  seeds: ['Send0000', 'Manage00', 'Listen00', 'System00', 'Unknown0'],
});
