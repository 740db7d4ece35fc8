import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'planetscale-token',
  family: 'clouds',
  title: 'PlanetScale token',
  about: 'Service tokens, OAuth tokens and passwords of PlanetScale (`pscale_`)',
  forms: [[['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'], run('secret', 32, 64)]],
});
