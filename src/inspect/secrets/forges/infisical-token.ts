import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'infisical-token',
  family: 'forges',
  title: 'Infisical service token',
  about: 'Service tokens of Infisical (`st.` and three parts of hex digits)',
  forms: [['st.', run('hex', 24), '.', run('hex', 32), '.', run('hex', 32)]],
});
