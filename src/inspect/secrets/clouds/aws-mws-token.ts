import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'aws-mws-token',
  family: 'clouds',
  title: 'Amazon marketplace token',
  about: 'Tokens of the Amazon marketplace web service (`amzn.mws.`)',
  forms: [['amzn.mws.', ...UUID_PARTS]],
});
