/** One question to a forge or registry: what it may cost, where it may go, what its answer means. */
import { Agent, type Dispatcher, request } from 'undici';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { Reader } from '../core/shape.ts';
import type { Secret } from '../host/secret.ts';
import { ignore, oneHeader, textOf } from '../upstream/answer-text.ts';
import { cleanWords, sentenceOf, spellingsOf } from '../upstream/registry-words.ts';
import { readJsonBody } from './json-body.ts';
import { asksSecondFactor, limitOf, missingRight, nextPage } from './response-headers.ts';

/** What the adapters need from outside. `onCall` hears of each call before it is made. */
export interface SettingsDeps {
  readonly now: () => string;
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly onCall?: (call: string) => void;
  readonly dispatcher?: Dispatcher;
  readonly limits?: Partial<SettingsLimits>;
}

/** `waitMs`: the longest that a rate limit is waited for, once. `calls`, `allMs`: of one host in all. */
export interface SettingsLimits {
  readonly callMs: number;
  readonly allMs: number;
  readonly waitMs: number;
  readonly bodyBytes: number;
  readonly elements: number;
  readonly pages: number;
  readonly calls: number;
}

export const DEFAULT_LIMITS: SettingsLimits = {
  callMs: 20_000,
  allMs: 180_000,
  waitMs: 15_000,
  bodyBytes: 8 * 1024 * 1024,
  elements: 2_000,
  pages: 40,
  calls: 600,
};

const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 300;
const MAX_REDIRECTS = 3;

/** `base` ends in a slash. `token` null: what everyone may see is still asked for. */
export interface SettingsHost {
  readonly base: URL;
  readonly token: Secret | null;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * `path`: relative to the base, every part encoded. `body` reads the answer; without one it is JSON.
 * `shape` types it. `absent`: what a 404 with these words means, where it is an answer.
 */
export interface SettingsCall<T> {
  readonly path: string;
  readonly shape: Reader<T>;
  readonly body?: (body: AsyncIterable<Uint8Array>, what: string) => Promise<unknown>;
  readonly needsToken?: boolean;
  readonly absent?: (words: string) => { readonly value: T } | undefined;
  readonly accept?: string;
}

/** `next`: the address of the next page as the answer gives it; null for the last. */
export type Seen<T> =
  | { readonly kind: 'seen'; readonly value: T; readonly at: string; readonly next: string | null }
  | { readonly kind: 'unverified'; readonly reason: string };

/** `stops`: the host is not asked again when the attempts are used up. */
type Reply<T> =
  | { readonly kind: 'done'; readonly seen: Seen<T> }
  | {
      readonly kind: 'again';
      readonly waitMs: number | null;
      readonly reason: string;
      readonly stops: boolean;
    }
  | { readonly kind: 'stop'; readonly reason: string };

/** Asks one host, and holds how often it was asked and why it is not asked any more. */
export class SettingsCaller {
  readonly #host: SettingsHost;
  readonly #name: string;
  readonly #token: string | undefined;
  readonly #deps: SettingsDeps;
  readonly #limits: SettingsLimits;
  readonly #dispatcher: Dispatcher;
  readonly #secrets: readonly string[];
  #calls = 0;
  #since: number | undefined;
  #waited = false;
  #stopped: string | undefined;

  /** Throws `config-invalid` for a token that no header can hold. */
  constructor(host: SettingsHost, deps: SettingsDeps) {
    const token = host.token?.reveal();
    if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
      throw new CountersignError(
        'config-invalid',
        `the token for ${host.base.host} is empty or has characters that no header can hold`,
        { hint: 'hand it over again, without line breaks' },
      );
    }
    this.#host = host;
    this.#name = host.base.host;
    this.#token = token;
    this.#deps = deps;
    this.#limits = { ...DEFAULT_LIMITS, ...deps.limits };
    this.#secrets = token === undefined ? [] : spellingsOf(token, `Bearer ${token}`);
    this.#dispatcher =
      deps.dispatcher ?? new Agent({ connect: { timeout: 10_000 }, keepAliveTimeout: 1_000 });
  }

  /** `url` is of the base's origin. Throws `unauthenticated` when the token is not taken. */
  async get<T>(call: SettingsCall<T>, url: URL): Promise<Seen<T>> {
    if (call.needsToken === true && this.#token === undefined) return this.#tokenless();
    for (let attempt = 1; ; attempt += 1) {
      if (this.#stopped !== undefined) return unseen(this.#stopped);
      const reply = await this.#follow(call, url);
      if (reply.kind === 'done') return reply.seen;
      if (reply.kind === 'again' && attempt < ATTEMPTS) {
        await this.#deps.sleep(reply.waitMs ?? FIRST_PAUSE_MS * 4 ** (attempt - 1));
        continue;
      }
      if (reply.kind === 'stop' || reply.stops) this.#stopped = reply.reason;
      return unseen(reply.reason);
    }
  }

  async #follow<T>(call: SettingsCall<T>, start: URL): Promise<Reply<T>> {
    const signal = AbortSignal.timeout(this.#limits.callMs);
    let url = start;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const spent = this.#spent();
      if (spent !== null) return stop(`not asked: ${this.#name} ${spent}`);
      this.#deps.onCall?.(`GET ${url.host}${url.pathname}`);
      const moved = redirects === 0 ? '' : ` (moved to ${url.pathname})`;
      const reply = await this.#ask(call, url, `GET ${start.pathname}${moved}`, signal);
      if (!(reply instanceof URL)) return reply;
      url = reply;
    }
    return done(unseen(`${this.#name} redirects more than ${MAX_REDIRECTS} times`));
  }

  /** Counts a call; why there is to be none any more, or null. A slow host must not hold an audit. */
  #spent(): string | null {
    const now = Date.parse(this.#deps.now());
    this.#since ??= now;
    this.#calls += 1;
    const { calls, allMs } = this.#limits;
    if (this.#calls > calls) return `was called ${calls} times already`;
    return now - this.#since > allMs ? `has taken ${allMs / 1000} seconds already` : null;
  }

  /** An address of the same origin where the host redirects. */
  async #ask<T>(
    call: SettingsCall<T>,
    url: URL,
    at: string,
    signal: AbortSignal,
  ): Promise<Reply<T> | URL> {
    try {
      const response = await request(url, {
        dispatcher: this.#dispatcher,
        signal,
        headers: {
          accept: call.accept ?? 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'countersign',
          ...this.#host.headers,
          ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
        },
      });
      response.body.on('error', ignore);
      try {
        return response.statusCode === 200
          ? done(await this.#take(call, url, at, response))
          : await this.#judge(call, url, at, response);
      } finally {
        // frees the connection of whatever was not read to its end
        response.body.destroy();
      }
    } catch (error) {
      if (isCountersignError(error)) {
        if (error.code === 'unauthenticated') throw error;
        return done(unseen(this.#clean(error.message)));
      }
      const reason = `${this.#name} gave no answer: ${problemOf(error)}`;
      return { kind: 'again', waitMs: null, reason, stops: true };
    }
  }

  async #take<T>(
    call: SettingsCall<T>,
    url: URL,
    at: string,
    { body, headers }: Dispatcher.ResponseData,
  ): Promise<Seen<T>> {
    const what = `the answer of ${url.host}`;
    const found =
      call.body === undefined
        ? await readJsonBody(body, what, this.#limits.bodyBytes)
        : await call.body(body, what);
    const value = call.shape(found, 'answer');
    const shown = JSON.stringify(value) ?? '';
    // a report must not carry a token that the server echoes as a name
    if (this.#secrets.some((secret) => shown.includes(secret))) {
      return unseen(`${what} repeats the token`);
    }
    return { kind: 'seen', value, at, next: nextPage(oneHeader(headers['link'])) };
  }

  async #judge<T>(
    call: SettingsCall<T>,
    url: URL,
    at: string,
    { statusCode: status, statusText, headers, body }: Dispatcher.ResponseData,
  ): Promise<Reply<T> | URL> {
    if (status >= 300 && status < 400) return this.#redirect(url, oneHeader(headers['location']));
    const said = sentenceOf(oneHeader(headers['content-type']), await textOf(body), statusText);
    const words = this.#clean(said);
    if (status === 401) return done(this.#unauthenticated(asksSecondFactor(headers), words));
    if (status === 403 || status === 429) {
      const limit = limitOf(headers, words, status, this.#deps.now());
      if (limit !== null) return this.#limited(limit);
    }
    const absent = status === 404 ? call.absent?.(words) : undefined;
    if (absent !== undefined) return done({ kind: 'seen', ...absent, at, next: null });
    if (status >= 500) {
      const reason = `${this.#name} answered ${status}`;
      return { kind: 'again', waitMs: null, reason, stops: false };
    }
    return done(unseen(this.#refusal(status, words, missingRight(headers))));
  }

  #refusal(status: number, words: string, needed: string | null): string {
    const right = needed === null ? '' : `; it takes ${needed}`;
    if (status === 404) {
      const who = this.#token === undefined ? 'shown only with a token' : 'hidden from this token';
      return `not found, or ${who}${right}`;
    }
    if (status === 403 && this.#token === undefined) return `no token: refused (${words})${right}`;
    if (status === 403) return `the token may not see it (${words})${right}`;
    return `${this.#name} answered ${status}: ${words}`;
  }

  /** RFC 9110 section 15.4. Another host would get the token, or answer in this one's place. */
  #redirect<T>(from: URL, location: string): Reply<T> | URL {
    const to = URL.parse(location, from.href);
    if (to !== null && to.origin === this.#host.base.origin && to.username === '') return to;
    const where = to === null ? 'nowhere' : this.#clean(to.host);
    return done(unseen(`${this.#name} redirects to ${where}, which is not followed`));
  }

  #unauthenticated(secondFactor: boolean, words: string): Seen<never> {
    if (this.#token === undefined) return this.#tokenless();
    if (secondFactor) return unseen(`${this.#name} shows this only with a second factor`);
    throw new CountersignError(
      'unauthenticated',
      `${this.#name} does not take the token: ${words}`,
      {
        hint: 'it has ended, was revoked or is of another host; make a new one that may only read',
      },
    );
  }

  #tokenless(): Seen<never> {
    return unseen(`no token: ${this.#name} shows this only with one`);
  }

  #limited<T>(limit: { readonly waitMs: number; readonly until: string }): Reply<T> {
    const reason = `${this.#name} limits the rate of calls until ${limit.until}`;
    if (this.#waited || limit.waitMs > this.#limits.waitMs) return stop(reason);
    this.#waited = true;
    return { kind: 'again', waitMs: limit.waitMs, reason, stops: true };
  }

  #clean(words: string): string {
    return cleanWords(words, this.#secrets);
  }
}

function done<T>(seen: Seen<T>): Reply<T> {
  return { kind: 'done', seen };
}

function stop<T>(reason: string): Reply<T> {
  return { kind: 'stop', reason };
}

function unseen(reason: string): Seen<never> {
  return { kind: 'unverified', reason };
}

/** The transport's own word for what went wrong; never a message, which may hold an address. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the call failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timed out';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'the call failed';
}
