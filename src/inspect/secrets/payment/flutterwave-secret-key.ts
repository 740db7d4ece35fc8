import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'flutterwave-secret-key',
  family: 'payment',
  title: 'Flutterwave secret key',
  about: 'Secret keys of Flutterwave (`FLWSECK-`)',
  forms: [
    [['FLWSECK-', 'FLWSECK_TEST-'], run('lowerDigit', 32), '-X'],
    [['FLWSECK-', 'FLWSECK_TEST-'], run('lowerDigit', 12)],
  ],
});
