import { defineGenericValue } from '../generic-value.ts';

export const rule = defineGenericValue({
  id: 'generic-secret',
  family: 'generic',
  title: 'secret',
  about: 'Random values that are assigned to a name with secret in it',
  words: ['secret'],
});
