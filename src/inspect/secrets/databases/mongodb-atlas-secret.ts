import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mongodb-atlas-secret',
  family: 'databases',
  title: 'MongoDB Atlas secret',
  about: 'Client secrets of MongoDB Atlas service accounts (`mdb_sa_sk_`)',
  forms: [['mdb_sa_sk_', run('base64Url', 40)]],
});
