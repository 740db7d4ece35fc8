import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'azure-storage-legacy-key',
  family: 'clouds',
  title: 'Azure storage key',
  about: 'Older keys of Azure storage accounts, 88 characters, by their name',
  names: ['AccountKey', 'storage_account_key', 'azure_storage_key', 'azureStorageKey'],
  form: [run('base64', 86), '=='],
  also: /./,
});
