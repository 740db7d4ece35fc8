import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-event-hub-key',
  title: 'Azure Event Hubs key',
  about: 'Keys of Azure Event Hubs, with `+AEh` inside and a checksum',
  bytes: 32,
  mark: '+AEh',
  seeds: ['Send0000', 'Manage00', 'Listen00', 'System00', 'Unknown0'],
});
