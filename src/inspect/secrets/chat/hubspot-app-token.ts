import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'hubspot-app-token',
  family: 'chat',
  title: 'HubSpot private app token',
  about: 'Tokens of private HubSpot applications (`pat-na1-`, `pat-eu1-`)',
  forms: [[['pat-na1-', 'pat-na2-', 'pat-na3-', 'pat-eu1-', 'pat-ap1-'], ...UUID_PARTS]],
});
