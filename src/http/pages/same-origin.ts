import type { IncomingMessage } from 'node:http';
import { CountersignError } from '../../core/errors.ts';

/**
 * Throws 'forbidden' unless a page of one of `origins` made the request. What changes something
 * must say so itself (`Origin`); browsers add it to every POST and no page can forge it. Data that
 * is only read must at least not come from elsewhere, where the browser says where it comes from.
 */
export function requireSameOrigin(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  origins: readonly string[],
): void {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isReading = method === 'GET' || method === 'HEAD';
  const isOwn = origin === undefined ? isReading : origins.includes(origin);
  const isSame = site === undefined || site === 'same-origin';
  if (isOwn && isSame) return;
  throw new CountersignError(
    'forbidden',
    `expected a request of a page of ${origins.join(' or ')}, found one from elsewhere`,
    { hint: 'use the pages of the gateway; no other page may act for you' },
  );
}
