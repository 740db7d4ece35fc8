import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'hubspot-api-key',
  family: 'chat',
  title: 'HubSpot API key',
  about: 'Older API keys of HubSpot, a UUID next to its name',
  names: ['hubspot', 'hapikey'],
  form: [...UUID_PARTS],
  also: /key|token|secret/i,
});
