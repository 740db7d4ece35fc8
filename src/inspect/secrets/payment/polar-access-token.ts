import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'polar-access-token',
  family: 'payment',
  title: 'Polar access token',
  about: 'Access tokens of Polar (`polar_oat_`, `polar_pat_`, `polar_at_`)',
  forms: [[['polar_oat_', 'polar_pat_', 'polar_at_', 'polar_rt_'], run('base64Url', 20, 100)]],
});
