import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'url-with-password',
  family: 'generic',
  title: 'web address with password',
  about:
    'Addresses with user and password (`https://user:password@host`), of any server or repository',
  schemes: ['https', 'http', 'git+https', 'git+http', 'wss'],
});
