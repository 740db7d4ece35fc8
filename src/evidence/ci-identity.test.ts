import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal } from '../../test/release-fixture.ts';
import {
  bindingOf,
  type CiIssuer,
  type Claims,
  githubClaims,
  startCiIssuer,
} from '../../test/servers/ci-issuer.ts';
import { compileCi } from '../core/governance-compile.ts';
import type { ReleaseId, Sha256 } from '../core/names.ts';
import type { Project } from '../core/policy.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8 } from '../formats/text.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { openCiIdentity } from './ci-identity.ts';

const GENESIS = 'ab'.repeat(32) as Sha256;
const AUDIENCE = 'release.example.com';
const RELEASE = '019a0000-0000-7000-8000-00000000abcd' as ReleaseId;

let issuer: CiIssuer;
let project: Project;
beforeAll(async () => {
  issuer = await startCiIssuer('ES256');
  const refuse = (problem: { readonly message: string }) => {
    throw new Error(problem.message);
  };
  const ci = compileCi([bindingOf(issuer.url, AUDIENCE)], 'web', refuse);
  project = { repository: null, packages: [], policies: ['strict'], ci };
});
afterAll(() => issuer?.stop());

/** The document of a run with these claims, with these members replaced. */
async function documentOf(claims: Claims = {}, changes: object = {}): Promise<string> {
  const { kty, crv, x, y } = issuer.publicKey;
  const token = await issuer.sign({
    aud: AUDIENCE,
    ...githubClaims('refs/tags/v1.2.3'),
    ...claims,
  });
  return decodeUtf8(
    encodeCanonical({
      schema: 'countersign/ci-identity/v1',
      genesis: GENESIS,
      release: RELEASE,
      project: 'web',
      token,
      key: { kty, crv, x, y },
      verifiedAt: new Date().toISOString(),
      ...changes,
    }),
  );
}

const open = (body: string, of = project) => openCiIdentity(nodeCrypto, body, GENESIS, of);

describe('promise 1: a CI run is what its issuer signed', () => {
  test('and is opened with the key that stands beside its token', async () => {
    const opened = await open(await documentOf());
    expect(opened.claims).toMatchObject({ run: '77001', attempt: 1, ref: 'refs/tags/v1.2.3' });
    expect(opened.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, Claims, () => object, string]>([
    ['another key', {}, () => ({ key: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }), 'whose kty is EC'],
    ['another instance', {}, () => ({ genesis: 'cd'.repeat(32) }), 'of another instance'],
    ['a later time', {}, () => ({ verifiedAt: later(400) }), 'the token has expired'],
    ['an earlier time', {}, () => ({ verifiedAt: later(-400) }), 'dated in the future'],
    ['another member', {}, () => ({ more: '' }), 'no such key'],
    ['another repository', { repository_id: '9' }, () => ({}), 'of repository 9'],
    [
      'another audience',
      { aud: 'other.example.com' },
      () => ({}),
      'for audience other.example.com',
    ],
    [
      'another issuer',
      { iss: 'https://evil.example' },
      () => ({}),
      'takes no tokens of this issuer',
    ],
  ])('%s is refused', async (_what, claims, changes, why) => {
    expect(await refusal(open(await documentOf(claims, changes())))).toContain(why);
  });

  test('a claim that was changed after signing is refused', async () => {
    const body = await documentOf();
    const [header, claims = '', signature] = JSON.parse(body).token.split('.');
    const read = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    const changed = Buffer.from(JSON.stringify({ ...read, actor_id: '502' })).toString('base64url');
    const token = [header, changed, signature].join('.');
    expect(await refusal(open(await documentOf({}, { token })))).toBe(
      'signature-invalid: the identity token was not signed by its key',
    );
    expect(await refusal(open(`${body} `))).toContain('not spelled as RFC 8785');
  });

  test('a project without bindings takes none', async () => {
    const { ci: _, ...without } = project;
    expect(await refusal(open(await documentOf(), without))).toContain('takes no tokens');
  });
});

function later(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}
