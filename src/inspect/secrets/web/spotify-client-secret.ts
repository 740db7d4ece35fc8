import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'spotify-client-secret',
  family: 'web',
  title: 'Spotify client secret',
  about: 'Client secrets of Spotify next to its name',
  names: ['spotify'],
  form: [run('hex', 32)],
  also: /secret/i,
});
