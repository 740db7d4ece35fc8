import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-event-grid-key',
  title: 'Azure Event Grid key',
  about: 'Keys of Azure Event Grid, with `AZEG` inside',
  bytes: 32,
  mark: 'AZEG',
  seeds: [],
});
