import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'mail-server-url',
  family: 'databases',
  title: 'mail server address with password',
  about: 'Addresses of mail servers with a password (`smtp`, `imap` and others)',
  schemes: ['smtp', 'smtps', 'smtp+tls', 'imap', 'imaps', 'pop3', 'pop3s'],
});
