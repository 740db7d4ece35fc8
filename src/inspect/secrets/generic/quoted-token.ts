import { defineToken } from '../define.ts';
import { quoted, run } from '../token-form.ts';

export const rule = defineToken({
  id: 'quoted-token',
  version: 7,
  family: 'generic',
  title: 'token',
  about:
    'Strings that are tokens by a short prefix, their length and their alphabet: of Cursor, Retell and Runway (`key_`), DeepSeek and Stability (`sk-`), ElevenLabs (`sk_`), WooCommerce (`cs_`), TrueNAS (`1-`), Firecrawl, Fireworks, Voyage, Adafruit IO (`aio_`), Klaviyo (`pk_`) and others',
  forms: [
    [quoted('key_'), run('hex', 128)],
    [quoted('key_'), run('hex', 64)],
    [quoted('key_'), run('hex', 28)],
    [quoted('sk-'), run('alnum', 48)],
    [quoted('sk-'), run('hex', 32)],
    [quoted('sk_'), run('hex', 48)],
    [quoted('pat_'), run('alnum', 64)],
    [quoted('1-'), run('alnum', 64)],
    [[...quoted('cs_'), ...quoted('ck_')], run('hex', 40)],
    [quoted('aio_'), run('alnum', 28)],
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
    [quoted('pk_'), run('hex', 34)],
    [quoted('QN_'), run('hex', 32)],
    [quoted('api_'), run('alnum', 22), '.', run('alnum', 22)],
  ],
});
