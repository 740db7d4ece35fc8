import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'databricks-token',
  family: 'clouds',
  title: 'Databricks token',
  about: 'Personal access tokens and OAuth secrets of Databricks (`dapi`, `dose`)',
  forms: [[['dapi', 'dose'], run('hex', 32)]],
});
