import { expect, test } from 'vitest';
import { limitOf, missingRight, nextPage } from './response-headers.ts';

const NOW = '2026-11-30T02:00:00.000Z';

test.each([
  ['<https://a/x?page=2>; rel="next"', 'https://a/x?page=2'],
  [
    '<https://a/1>; rel="prev", <https://a/3>; rel="next", <https://a/9>; rel="last"',
    'https://a/3',
  ],
  ['<https://a/x?list=a,b>; title="x"; rel=next', 'https://a/x?list=a,b'],
  ['<https://a/x>; rel="nextish"', null],
  ['<https://a/x>; rel="last"', null],
  ['https://a/x; rel="next"', null],
  ['', null],
  [`<${'a'.repeat(9_000)}>; rel="next"`, null],
])('the next page of %j is %j', (link, next) => {
  expect(nextPage(link)).toBe(next);
});

test.each([
  [{ 'x-accepted-github-permissions': 'secrets=read' }, 'the right secrets=read'],
  [
    { 'x-accepted-github-permissions': 'actions=read; secrets=read,contents=read' },
    'the right actions=read or secrets=read,contents=read',
  ],
  [{ 'x-accepted-oauth-scopes': 'admin:org, repo' }, 'the scope admin:org, repo'],
  [{ 'x-accepted-oauth-scopes': '' }, null],
  [{ 'x-accepted-github-permissions': '\u001b[2J' }, null],
  [{ 'x-accepted-github-permissions': 'a'.repeat(500) }, null],
  [{}, null],
])('%j names %j', (headers, right) => {
  expect(missingRight(headers)).toBe(right);
});

test.each([
  ['seconds', { 'retry-after': '30' }, '', 429, '02:00:30'],
  ['a date', { 'retry-after': 'Mon, 30 Nov 2026 02:05:00 GMT' }, '', 429, '02:05:00'],
  ['GitLab', { 'ratelimit-remaining': '0', 'ratelimit-reset': '1796004120' }, '', 429, '02:02:00'],
  ['no end', {}, '', 429, '02:01:00'],
  ['words only', {}, 'secondary rate limit', 403, '02:01:00'],
  [
    'an end in the past',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5' },
    '',
    403,
    '02:00:00',
  ],
])('a limit with %s ends then', (_, headers, words, status, until) => {
  expect(limitOf(headers, words, status, NOW)?.until).toBe(`2026-11-30T${until}.000Z`);
});

test('a limit of years is said to end within a day', () => {
  const limit = limitOf({ 'retry-after': '999999999' }, '', 429, NOW);
  expect(limit?.until).toBe('2026-12-01T02:00:00.000Z');
});

test('a refusal that is no limit is none', () => {
  expect(limitOf({ 'x-ratelimit-remaining': '4999' }, 'Forbidden', 403, NOW)).toBeNull();
});
