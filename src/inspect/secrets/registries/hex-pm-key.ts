import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'hex-pm-key',
  family: 'registries',
  title: 'Hex API key',
  about: 'API keys of the Erlang and Elixir registry, by the name HEX_API_KEY',
  names: ['hex_api_key', 'hexApiKey'],
  form: [run('hex', 32)],
});
