import { defineCommonKey } from '../azure-key.ts';

export const rule = defineCommonKey({
  id: 'azure-devops-token',
  family: 'forges',
  title: 'Azure DevOps token',
  about:
    'Personal access tokens of Azure DevOps, which the Visual Studio Marketplace takes as well: 84 characters with `AZDO` inside and a checksum',
  provider: 'AZDO',
});
