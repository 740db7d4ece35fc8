import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'signalwire-token',
  family: 'mail',
  title: 'SignalWire token',
  about: 'API tokens of SignalWire next to its name',
  names: ['signalwire'],
  form: [run('alnum', 50)],
});
