import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cypress-record-key',
  family: 'observability',
  title: 'Cypress record key',
  about: 'Record keys of Cypress Cloud, a UUID next to its name',
  names: ['cypress_record', 'cypressRecord'],
  form: [...UUID_PARTS],
});
