import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-service-bus-key',
  title: 'Azure Service Bus key',
  about: 'Keys of Azure Service Bus, with `+ASb` inside and a checksum',
  bytes: 32,
  mark: '+ASb',
  seeds: ['Send0000', 'Manage00', 'Listen00', 'System00', 'Unknown0'],
});
