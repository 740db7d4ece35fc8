import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-ml-classic-key',
  title: 'Azure Machine Learning key',
  about:
    'Keys of classic web services of Azure Machine Learning, with `+AMC` inside and a checksum',
  bytes: 64,
  mark: '+AMC',
  seeds: ['Classic0'],
});
