import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'mongodb-url',
  family: 'databases',
  title: 'MongoDB address with password',
  about: 'Addresses of MongoDB databases with a password',
  schemes: ['mongodb', 'mongodb+srv'],
});
