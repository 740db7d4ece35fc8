import { defineGenericValue } from '../generic-value.ts';

export const rule = defineGenericValue({
  id: 'generic-credential',
  family: 'generic',
  title: 'credential',
  about: 'Random values that are assigned to a name with credential in it',
  words: ['credential', 'auth_header'],
});
