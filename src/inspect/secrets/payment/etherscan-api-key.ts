import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'etherscan-api-key',
  family: 'payment',
  title: 'Etherscan API key',
  about: 'API keys of Etherscan and its sisters next to the name',
  names: ['etherscan', 'bscscan', 'polygonscan'],
  form: [run('upperDigit', 34)],
  severity: 'medium',
});
