import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'bannerbear-key',
  family: 'web',
  title: 'Bannerbear key',
  about: 'Keys of Bannerbear: of one project (`bb_pr_`) and of all (`bb_ma_`)',
  forms: [[['bb_pr_', 'bb_ma_'], run('hex', 30)]],
});
