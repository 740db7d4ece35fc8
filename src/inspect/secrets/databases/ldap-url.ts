import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'ldap-url',
  family: 'databases',
  title: 'LDAP address with password',
  about: 'Addresses of LDAP directories with a password',
  schemes: ['ldap', 'ldaps'],
});
