import { defineOtherCommonKey } from '../azure-key.ts';

export const rule = defineOtherCommonKey(
  {
    id: 'azure-annotated-key',
    title: 'Azure key',
    about:
      'Common annotated keys of Azure services, AI ones among them: 84 characters with `JQQJ9` inside and a checksum',
  },
  ['NUGT', 'AZDO'],
);
