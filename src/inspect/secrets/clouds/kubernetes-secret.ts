import { isPlaceholder } from '../../look-alikes/randomness.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';
import { run, sampleOf, UUID_PARTS } from '../token-form.ts';

const SAMPLE = Buffer.from(SAMPLE_PASSWORD).toString('base64');
/** An entry of `data` or `stringData`, on a line of its own or in JSON. */
const ENTRY =
  /(?:^|[\n{,])[ \t]*["']?(?<name>[A-Za-z0-9_.-]{1,80})["']?[ \t]*:[ \t]*(?:[|>]-?[ \t]*\r?\n[ \t]*)?["']?(?<value>[A-Za-z0-9+/_.!@#%^&*~-]{8,2000}={0,2})["']?[ \t]*(?=[\r\n,}]|$)/g;
const PUBLIC_ENTRY =
  /^(?:name|namespace|kind|type|apiVersion|uid|user(?:name)?|resourceVersion|creationTimestamp|key|(?:ca|tls)\.crt|host|port|.*[._-](?:id|url|host|name))$/i;

export const rule: SecretRule = {
  ...textsOf({
    id: 'kubernetes-secret',
    version: 8,
    family: 'clouds',
    title: 'Kubernetes secret',
    about: 'Manifests of Kubernetes of the kind Secret with a value in `data` or `stringData`',
  }),
  keywords: [
    'kind: Secret',
    'kind: secret',
    'kind: "Secret"',
    "kind: 'Secret'",
    '"kind": "Secret"',
    '"kind":"Secret"',
  ],
  pattern: /(?<prefix>"?kind"? ?: ?["']?[Ss]ecret["']?)(?=[\s,}])[\s\S]{0,1600}/y,
  reach: 1700,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a manifest',
        make: () =>
          `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: ${SAMPLE}\n`,
      },
      {
        about: 'a UUID as a key',
        make: () =>
          `kind: Secret\nstringData:\n  APP_KEY: ${sampleOf(UUID_PARTS, 'kubernetes')}\ntype: Opaque\n`,
      },
      {
        about: 'a key of bytes',
        make: () =>
          `kind: Secret\nmetadata:\n  name: a\ndata:\n  encryption-key: ${sampleOf([run('base64', 43)], 'kubernetes')}=\n`,
      },
      {
        about: 'the data before the kind',
        make: () =>
          `apiVersion: v1\ndata:\n  extra: '${SAMPLE}'\nkind: 'Secret'\nmetadata:\n  name: db\n`,
      },
    ],
    fine: [
      {
        about: 'a template',
        make: () => `kind: Secret\ndata:\n  password: {{ .Values.password | b64enc }}\n`,
      },
      {
        about: 'the header of a token, whose rest is left out',
        make: () =>
          `kind: Secret\ndata:\n  token: ${Buffer.from('{"alg":"HS256","typ":"JW').toString('base64')}\n`,
      },
      { about: 'no data', make: () => 'kind: Secret\nmetadata:\n  name: db\n' },
      { about: 'a reference', make: () => 'kind: Secret\nname: the-name-of-it\nkey: password\n' },
    ],
  },
};

function judge(match: SecretMatch): SecretAnswer | null {
  const [before = ''] = match.before.split(/\n---/).slice(-1);
  const [after = ''] = match.text.split(/\n---/);
  const data = /(?:^|[\s{,"'])(?:stringD|d)ata["']?[ \t]*:/.exec(`${before}${after}`);
  if (data === null) return null;
  const isString = data[0].includes('string');
  const values = `${before}${after}`.slice(data.index + data[0].length);
  for (const { groups } of values.matchAll(ENTRY)) {
    const { name = '', value = '' } = groups ?? {};
    if (PUBLIC_ENTRY.test(name) || isPlaceholder(value)) continue;
    const answer = answerOf(name, value, isString);
    if (answer !== null) return answer;
  }
  return null;
}

/** What one entry is worth; null where it says nothing. */
function answerOf(name: string, value: string, isString: boolean): SecretAnswer | null {
  if (isString && UUID.test(value) && OF_SECRET.test(name)) return PLAIN;
  if (!isString && isKey(name, value)) return BYTES;
  const text = Buffer.from(value, 'base64').toString('latin1');
  if (!/^[\x09-\x7e]{4,}$/.test(text) || isPlaceholder(text) || /^\$|^\{\{/.test(text)) return null;
  // the header of a JSON Web Token whose rest is left out
  if (/^\{"(?:alg|typ)":"[^{}]*$/.test(text)) return null;
  if (/^(?:\w+:)?(?:password|secret|admin|user|root|test)$/i.test(text)) return WORDS;
  return {
    confidence: 'plausible',
    reason: 'a value of it is in base64, as Kubernetes keeps secrets',
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const OF_SECRET = /key|token|secret|pass/i;

/** Whether a value is base64 of bytes that chance made, under the name of a secret; certificates and keys
 * of others begin as DER or PEM do. */
function isKey(name: string, value: string): boolean {
  if (!OF_SECRET.test(name) || /pub|cert|ca$|\.crt/i.test(name) || /^(?:MI[GI]|LS0t)/.test(value))
    return false;
  return (
    value.length >= 22 &&
    value.length <= 200 &&
    value.length % 4 === 0 &&
    looksGenerated(value) &&
    holdsOtherBytes(value)
  );
}

function holdsOtherBytes(value: string): boolean {
  return /[^\x09-\x7e]/.test(Buffer.from(value, 'base64').toString('latin1'));
}

const BYTES: SecretAnswer = {
  confidence: 'plausible',
  reason: 'a value of it is base64 of random bytes under the name of a secret',
};
const PLAIN: SecretAnswer = {
  confidence: 'plausible',
  reason: 'a value of it is a UUID under the name of a secret',
};
const WORDS: SecretAnswer = { confidence: 'weak', reason: 'its value looks like a placeholder' };
