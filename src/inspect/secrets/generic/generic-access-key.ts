import { defineGenericValue } from '../generic-value.ts';

export const rule = defineGenericValue({
  id: 'generic-access-key',
  family: 'generic',
  title: 'access key',
  about: 'Random values that are assigned to the name of an access key',
  words: ['access_key', 'master_key', 'admin_key', 'shared_key', 'storage_key', 'write_key'],
});
