import { defineGenericValue } from '../generic-value.ts';

export const rule = defineGenericValue({
  id: 'generic-token',
  family: 'generic',
  title: 'token',
  about: 'Random values that are assigned to the name of a token',
  words: [
    'auth_token',
    'access_token',
    'api_token',
    'refresh_token',
    'bearer_token',
    'bot_token',
    'session_token',
    'personal_token',
    'deploy_token',
    'id_token',
    'private_token',
  ],
  lastWords: ['token', '_pat'],
});
