import { defineToken } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

/** A prefix of two to four characters counts only at the start of a string or behind an equals sign: elsewhere names of
 * all kinds begin so. */
const quoted = (prefix: string): readonly string[] =>
  ['"', "'", '`', '='].map((sign) => sign + prefix);

export const rule = defineToken({
  id: 'quoted-token',
  family: 'generic',
  title: 'token',
  about:
    'Strings that are tokens by a short prefix, their length and their alphabet: of Resend (`re_`), Cursor, Retell and Runway (`key_`), DeepSeek and Stability (`sk-`), ElevenLabs and Checkout (`sk_`), Airtable (`pat`), Asana, ClickUp, WooCommerce, TrueNAS and others',
  forms: [
    [quoted('re_'), run('alnum', 8), '_', run('alnum', 24)],
    [quoted('key_'), run('hex', 128)],
    [quoted('key_'), run('hex', 64)],
    [quoted('key_'), run('hex', 28)],
    [quoted('sk-'), run('alnum', 48)],
    [quoted('sk-'), run('hex', 32)],
    [quoted('sk_'), run('hex', 48)],
    [quoted('sk_'), ...UUID_PARTS],
    [quoted('sk_test_'), ...UUID_PARTS],
    [quoted('pat'), run('alnum', 14), '.', run('hex', 64)],
    [quoted('pat_'), run('alnum', 64)],
    [quoted('pk_'), run('digit', 6, 10), '_', run('upperDigit', 32)],
    [quoted('1/'), run('digit', 13, 17), ':', run('hex', 32)],
    [quoted('2/'), run('digit', 13, 17), '/', run('digit', 13, 17), ':', run('hex', 32)],
    [quoted('1-'), run('alnum', 64)],
    [[...quoted('cs_'), ...quoted('ck_')], run('hex', 40)],
    [quoted('ak_'), run('hex', 64)],
    [quoted('eo_'), run('hex', 64)],
    [quoted('bu_'), run('base64Url', 42, 46)],
    [quoted('ck-'), run('base58', 44)],
    [quoted('db-'), run('alnum', 29)],
    [quoted('fc-'), run('hex', 32)],
    [quoted('fw_'), run('alnum', 24)],
    [quoted('ion_'), run('alnum', 42)],
    [quoted('m0-'), run('alnum', 40)],
    [quoted('mb_'), run('base64', 43), '='],
    [quoted('NF-'), run('alnum', 32)],
    [quoted('pa-'), run('base64Url', 43)],
    [quoted('tk_'), run('lowerDigit', 29)],
    [quoted('o.'), run('alnum', 32)],
    [quoted('QN_'), run('hex', 32)],
    [quoted('api_'), run('alnum', 22), '.', run('alnum', 22)],
  ],
});
