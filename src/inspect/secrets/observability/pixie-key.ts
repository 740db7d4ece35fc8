import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

/** https://docs.px.dev/reference/admin/api-keys/ and .../deploy-keys/ */
export const rule = defineToken({
  id: 'pixie-key',
  family: 'observability',
  title: 'Pixie key',
  about: 'Keys of Pixie, for its API (`px-api-`) and to add clusters (`px-dep-`)',
  forms: [[['px-api-', 'px-dep-'], ...UUID_PARTS]],
});
