import { describe, expect, test } from 'vitest';
import { cookieRule, formatCookie, readCookie } from './cookie.ts';
import { requireSameOrigin } from './same-origin.ts';

const ORIGIN = 'https://release.example.com';
const rule = cookieRule('countersign-sign-in', '/sign-in/', ORIGIN);

describe('a session cookie', () => {
  test('is for one path, hidden from scripts, never sent from elsewhere, and held to https', () => {
    expect(formatCookie(rule, 'abc', 900)).toBe(
      '__Secure-countersign-sign-in=abc; Path=/sign-in/; Max-Age=900; HttpOnly; SameSite=Strict; Secure',
    );
    const local = cookieRule('countersign-sign-in', '/sign-in/', 'http://localhost:8787');
    expect(formatCookie(local, '', 0)).toBe(
      'countersign-sign-in=; Path=/sign-in/; Max-Age=0; HttpOnly; SameSite=Strict',
    );
  });

  test.each([
    ['a=1; __Secure-countersign-sign-in=abc; b=2', 'abc'],
    ['__Secure-countersign-sign-in=abc', 'abc'],
    ['countersign-sign-in=abc', null],
    ['x__Secure-countersign-sign-in=abc', null],
    ['', null],
    [undefined, null],
    // a parent host may set a second one of the same name: which is ours nobody can tell
    ['__Secure-countersign-sign-in=abc; __Secure-countersign-sign-in=def', null],
  ])('is read out of %s', (header, value) => {
    expect(readCookie(header, rule)).toBe(value);
  });
});

describe('promise 8: a request that another page makes', () => {
  const check = (method: string, headers: Record<string, string>) => () =>
    requireSameOrigin({ method, headers }, [ORIGIN]);
  const refused = expect.objectContaining({ code: 'forbidden' });

  test.each([
    ['POST', { origin: ORIGIN }],
    ['POST', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }],
    ['GET', {}],
    ['GET', { 'sec-fetch-site': 'same-origin' }],
  ])('%s of our own page is taken: %o', (method, headers) => {
    expect(check(method, headers)).not.toThrow();
  });

  test.each([
    ['POST', {}],
    ['POST', { origin: 'null' }],
    ['POST', { origin: 'https://evil.example' }],
    ['POST', { origin: `${ORIGIN}.evil.example` }],
    ['POST', { origin: 'http://release.example.com' }],
    ['POST', { origin: `${ORIGIN}:8443` }],
    ['POST', { origin: ORIGIN, 'sec-fetch-site': 'same-site' }],
    ['POST', { 'sec-fetch-site': 'same-origin' }],
    ['GET', { origin: 'https://evil.example' }],
    ['GET', { 'sec-fetch-site': 'cross-site' }],
    ['GET', { 'sec-fetch-site': 'same-site' }],
    ['GET', { 'sec-fetch-site': 'none' }],
  ])('%s from elsewhere is refused: %o', (method, headers) => {
    expect(check(method, headers)).toThrow(refused);
  });
});
