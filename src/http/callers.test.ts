import { describe, expect, test } from 'vitest';
import { tokenOf } from './authorization.ts';
import { remoteAddress } from './callers.ts';
import { createFailedAuthentications } from './failed-authentications.ts';

const proxies = ['127.0.0.1', '::1', '10.0.0.2'];

describe('remote address', () => {
  test.each([
    ['a direct peer is itself, whatever it claims', '192.0.2.9', '6.6.6.6', '192.0.2.9'],
    ['behind the proxy the last hop counts', '127.0.0.1', '6.6.6.6, 192.0.2.1', '192.0.2.1'],
    ['chained proxies are stepped over', '::1', '6.6.6.6, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
    ['a mapped peer is its IPv4 address', '::ffff:127.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['nonsense is no hop', '127.0.0.1', 'unknown, <script>', '127.0.0.1'],
    ['a local call stays local', '127.0.0.1', undefined, '127.0.0.1'],
    ['a connection that is gone', undefined, undefined, 'unknown'],
  ])('%s', (_name, peer, forwarded, address) => {
    expect(remoteAddress(peer, forwarded, proxies)).toBe(address);
  });
});

describe('token', () => {
  test.each([
    [undefined, null],
    ['Bearer abc', 'abc'],
    ['bearer   abc', 'abc'],
    [`Basic ${Buffer.from('__token__:a:b').toString('base64')}`, 'a:b'],
  ])('%s gives %s', (header, token) => {
    expect(tokenOf(header)).toBe(token);
  });

  test.each([
    '',
    'Bearer',
    'Bearer a b',
    'Digest abc',
    'abc',
    `Basic ${Buffer.from('no colon').toString('base64')}`,
    `Basic ${Buffer.from('user:').toString('base64')}`,
    `Bearer ${'a'.repeat(9000)}`,
  ])('%s is refused without being repeated', (header) => {
    expect(() => tokenOf(header)).toThrowError(
      expect.objectContaining({ code: 'unauthenticated' }),
    );
  });
});

test('failures of ten thousand other addresses push out the oldest, so that memory is bounded', () => {
  const failures = createFailedAuthentications({ allowed: 1, windowMs: 1000, nowMs: () => 0 });
  failures.record('first');
  expect(() => failures.assertAllowed('first')).toThrow('1 credentials from this address');
  for (let at = 0; at < 10_000; at += 1) failures.record(`a${at}`);
  expect(() => failures.assertAllowed('first')).not.toThrow();
  expect(() => failures.assertAllowed('a9999')).toThrow();
});
