import { defineGenericValue } from '../generic-value.ts';

export const rule = defineGenericValue({
  id: 'generic-api-key',
  family: 'generic',
  title: 'API key',
  about: 'Random values that are assigned to the name of an API key',
  words: ['api_key', 'app_key', 'service_key', 'auth_key', 'account_key'],
});
