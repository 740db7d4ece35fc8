import { defineGenericValue } from '../generic-value.ts';

export const rule = defineGenericValue({
  id: 'generic-password',
  family: 'generic',
  title: 'password',
  about: 'Random values that are assigned to a name with password in it',
  words: ['password', 'passwd', 'passphrase', 'passcode'],
  lastWords: ['pass', 'pwd'],
  least: 10,
});
