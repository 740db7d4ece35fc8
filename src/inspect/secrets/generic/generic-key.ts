import { defineGenericValue } from '../generic-value.ts';

export const rule = defineGenericValue({
  id: 'generic-key',
  family: 'generic',
  title: 'key',
  about: 'Random values that are assigned to a name that ends in key: `VENDOR_KEY`, `vendorKey`',
  words: [],
  lastWords: ['_key'],
});
