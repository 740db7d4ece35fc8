import { defineCommonKey } from '../azure-key.ts';

export const rule = defineCommonKey({
  id: 'nuget-annotated-key',
  family: 'registries',
  title: 'NuGet API key',
  about: 'API keys of NuGet in their fifth form: 84 characters with `NUGT` inside and a checksum',
  provider: 'NUGT',
});
