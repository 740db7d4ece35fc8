import { afterAll, beforeAll, expect, test } from 'vitest';
import { bindingOf, type CiIssuer, startCiIssuer } from '../../test/servers/ci-issuer.ts';
import { compileCi } from '../core/governance-compile.ts';
import { checkIssuers } from './doctor-issuers.ts';

let issuer: CiIssuer;
beforeAll(async () => {
  issuer = await startCiIssuer();
});
afterAll(() => issuer?.stop());

function policyWith(...audiences: readonly string[]) {
  const refuse = (problem: { readonly message: string }) => {
    throw new Error(problem.message);
  };
  const ci = compileCi(
    audiences.map((one) => bindingOf(issuer.url, one)),
    'web',
    refuse,
  );
  const project = { repository: null, packages: [], policies: ['strict'] };
  return { projects: { web: { ...project, ci }, other: project } };
}

test('an issuer that shows its keys is fine, and is asked once', async () => {
  const before = issuer.keyRequests();
  const policy = policyWith('release.example.com', 'release.example.com');
  expect(await checkIssuers(policy, 'https://release.example.com')).toMatchObject([
    { state: 'ok', name: `issuer ${issuer.url}` },
  ]);
  expect(issuer.keyRequests() - before).toBe(1);
  expect(await checkIssuers({ projects: {} }, 'https://release.example.com')).toEqual([]);
});

test('one that does not, and tokens for another gateway, are told', async () => {
  issuer.answerWith((response) => response.writeHead(503).end());
  const checks = await checkIssuers(policyWith('old.example.com'), 'https://release.example.com');
  issuer.answerWith(null);
  expect(checks).toMatchObject([
    { state: 'fail', says: expect.stringContaining('its tokens are for old.example.com') },
    { state: 'fail', says: expect.stringContaining('expected status 200, found 503') },
  ]);
});
