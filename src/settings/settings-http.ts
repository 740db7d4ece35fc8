/**
 * Reads settings at one forge or registry: only GET, only that host, and what cannot be seen is an
 * answer with a reason, not an exception. The token goes to the configured host and nowhere else.
 */
import { CountersignError } from '../core/errors.ts';
import { readUpstreamAddress } from '../core/upstream-address.ts';
import type { Secret } from '../host/secret.ts';
import type { Observation } from '../posture/settings.ts';
import {
  DEFAULT_LIMITS,
  type SettingsCall,
  SettingsCaller,
  type SettingsDeps,
  type SettingsLimits,
} from './settings-call.ts';

/**
 * One page of a list. `total`: how many there are in all, null where the server does not say.
 * `next`: the address of the next page where it stands in the body and not in the header.
 */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number | null;
  readonly next?: string | null;
}

export interface SettingsHttp {
  /**
   * Throws `unauthenticated` when the host does not take the token, and nothing else: whatever
   * cannot be seen is `unverified`.
   */
  read<T>(call: SettingsCall<T>): Promise<Observation<T>>;
  /** All pages, by the `Link` header (RFC 8288). `unverified` unless the list is whole. */
  list<T>(call: SettingsCall<Page<T>>): Promise<Observation<readonly T[]>>;
}

/** `baseUrl`: as configured. Throws `config-invalid` for an address or a token that is none. */
export function createSettingsHttp(
  host: {
    readonly baseUrl: string;
    readonly token: Secret | null;
    readonly headers?: Readonly<Record<string, string>>;
  },
  deps: SettingsDeps,
): SettingsHttp {
  const reading = readUpstreamAddress(host.baseUrl);
  if (reading.kind !== 'address') {
    throw new CountersignError('config-invalid', `settings: ${reading.problem}`, {
      hint: reading.hint,
    });
  }
  const base = new URL(reading.url);
  const caller = new SettingsCaller({ base, token: host.token, headers: host.headers ?? {} }, deps);
  return {
    async read(call) {
      const seen = await caller.get(call, new URL(call.path, base));
      if (seen.kind === 'unverified') return seen;
      return { kind: 'observed', value: seen.value, at: seen.at };
    },
    list: (call) => readPages(caller, base, call, { ...DEFAULT_LIMITS, ...deps.limits }),
  };
}

async function readPages<T>(
  caller: SettingsCaller,
  base: URL,
  call: SettingsCall<Page<T>>,
  limits: SettingsLimits,
): Promise<Observation<readonly T[]>> {
  const items: T[] = [];
  const visited = new Set<string>();
  let url = new URL(call.path, base);
  for (let page = 1; page <= limits.pages; page += 1) {
    visited.add(url.href);
    const seen = await caller.get(call, url);
    if (seen.kind === 'unverified') return seen;
    items.push(...seen.value.items);
    if (items.length > limits.elements) break;
    const link = seen.next ?? seen.value.next ?? null;
    if (link === null) {
      const { total } = seen.value;
      if (total === null || items.length >= total) {
        return { kind: 'observed', value: items, at: seen.at };
      }
      return unverified(`${base.host} shows ${items.length} of ${total}`);
    }
    const next = URL.parse(link, url.href);
    if (next === null || next.origin !== base.origin || visited.has(next.href)) {
      return unverified(`the next page of ${base.host} is elsewhere or was read already`);
    }
    url = next;
  }
  return unverified(
    `${base.host} shows more than ${limits.elements} entries or ${limits.pages} pages`,
  );
}

/** `reason`: one clause in lower case. */
export function unverified(reason: string): Observation<never> {
  return { kind: 'unverified', reason };
}

/** What `make` makes of what was seen; what was not stays so, with its reason. */
export function derive<T, U>(from: Observation<T>, make: (value: T) => U): Observation<U> {
  return from.kind === 'unverified' ? from : { ...from, value: make(from.value) };
}
