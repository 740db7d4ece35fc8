import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'contentful-token',
  family: 'databases',
  title: 'Contentful token',
  about: 'Personal access tokens of Contentful (`CFPAT-`)',
  forms: [['CFPAT-', run('base64Url', 43)]],
});
