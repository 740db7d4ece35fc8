import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'scaleway-secret-key',
  family: 'clouds',
  title: 'Scaleway secret key',
  about: 'Secret keys of Scaleway, by their name',
  names: ['scaleway', 'scw_secret', 'scwSecret'],
  form: [...UUID_PARTS],
});
