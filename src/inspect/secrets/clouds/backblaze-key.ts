import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'backblaze-key',
  family: 'clouds',
  title: 'Backblaze application key',
  about: 'Application keys of Backblaze B2 (`K00`), by their name',
  names: ['backblaze', 'b2_application', 'b2Application'],
  form: ['K00', run('digit', 1), run('base64', 27)],
});
