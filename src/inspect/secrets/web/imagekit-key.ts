import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'imagekit-key',
  family: 'web',
  title: 'ImageKit key',
  about: 'Private keys of ImageKit next to its name',
  names: ['imagekit'],
  form: ['private_', run('base64', 27), '='],
});
