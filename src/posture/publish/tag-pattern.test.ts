import { describe, expect, it } from 'vitest';
import { looseness } from './tag-pattern.ts';

describe('looseness', () => {
  it.each([
    '/^v\\d+\\.\\d+\\.\\d+$/',
    '/^v[0-9]+\\.[0-9]+\\.[0-9]+$/',
    '/^v?\\d+[.]\\d+[.]\\d+$/',
    '/^v\\d+\\.\\d+\\.\\d+(?:-rc\\.\\d+)?$/',
    '/^v\\d+\\.\\d+\\.\\d+(-\\w+)?$/',
    '/^(v)?(\\d+)\\.(\\d+)\\.(\\d+)$/',
    '/^@scope\\/pkg@\\d+\\.\\d+\\.\\d+$/i',
    '/^v(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)$/',
    'v1.2.3',
    '$PATTERN',
  ])('is none in %s', (filter) => {
    expect(looseness(filter)).toBeNull();
  });

  it.each([
    '*',
    '/^v/',
    '/^v.*$/',
    '/^v\\d+\\.\\d+\\.\\d+/',
    '/v\\d+\\.\\d+\\.\\d+$/',
    '/^v\\d+.\\d+.\\d+$/',
    '/^v\\d+\\.\\d+$/',
    '/^v\\d+\\.\\d+\\.\\d+.*$/',
    '/^v\\d+\\.\\d+\\.\\d+(.*)$/',
    '/^v\\d+\\.\\d+\\.\\d+\\.\\d+$/',
    '/^v[0-9.]+$/',
  ])('is found in %s', (filter) => {
    expect(looseness(filter)).toContain('any tag');
  });

  it('answers patterns that would take for ever to run', () => {
    expect(looseness(`/^${'('.repeat(140)}a*${')*'.repeat(70)}$/`)).not.toBeNull();
  });
});
