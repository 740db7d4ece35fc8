import { defineToken } from '../define.ts';
import { quoted, run, UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'quoted-parts-token',
  version: 10,
  family: 'generic',
  title: 'token',
  about:
    'Strings that are tokens by a short prefix and several parts: of Resend (`re_`), Checkout (`sk_` and a UUID), ClickUp and Klaviyo (`pk_`), streams of Twitch (`live_`), Asana (`1/`, `2/`), applications and people of Airtable (`oaa`, `pat`), Keygen (`prod-`, `admin-`), Svix (`sk_` and a region), Tatum (`t-`) and Supermemory (`sm_`)',
  forms: [
    [quoted('re_'), run('alnum', 8), '_', run('alnum', 24)],
    [quoted('sk_'), ...UUID_PARTS],
    [quoted('sk_test_'), ...UUID_PARTS],
    [quoted('pk_'), run('digit', 6, 10), '_', run('upperDigit', 32)],
    [quoted('pk_'), run('alnum', 6), '_', run('hex', 34)],
    [quoted('oaa'), run('alnum', 14), '.v1.', run('base64Url', 100, 600), '.', run('hex', 64)],
    [['admin-', 'prod-', 'env-', 'user-', 'activ-'].flatMap(quoted), run('hex', 64), 'v3'],
    [quoted('sk_'), run('base64Url', 32), ['.eu', '.us', '.ca', '.au', '.in']],
    [quoted('pat'), run('alnum', 14), '.', run('hex', 64)],
    [quoted('t-'), run('hex', 24), '-', run('hex', 24)],
    [quoted('sm_'), run('alnum', 22), '_', run('base64Url', 50, 90)],
    [quoted('live_'), run('digit', 8, 12), '_', run('alnum', 30)],
    [quoted('1/'), run('digit', 13, 17), ':', run('hex', 32)],
    [quoted('2/'), run('digit', 13, 17), '/', run('digit', 13, 17), ':', run('hex', 32)],
  ],
});
