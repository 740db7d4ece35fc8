import { list, type Reader } from '../core/shape.ts';
import type { Page } from './settings-http.ts';

/** A list that is the answer itself; further pages come by the `Link` header. */
export function gitlabPage<T, U>(entry: Reader<T>, make: (entry: T) => U): Reader<Page<U>> {
  const entries = list(entry, 1_000);
  return (value, path) => ({ items: entries(value, path).map(make), total: null });
}
