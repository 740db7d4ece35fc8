import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mapbox-secret-token',
  family: 'web',
  title: 'Mapbox secret token',
  about: 'Secret tokens of Mapbox (`sk.eyJ`)',
  forms: [['sk.eyJ', run('base64Url', 50, 120), '.', run('base64Url', 22)]],
});
