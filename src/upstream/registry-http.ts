import { Readable } from 'node:stream';
import { Agent, type Dispatcher, request } from 'undici';
import { CountersignError } from '../core/errors.ts';
import { readUpstreamAddress } from '../core/upstream-address.ts';
import type { SecretText } from '../ecosystem/ecosystem.ts';
import { ignore, oneHeader, textOf } from './answer-text.ts';
import { cleanWords, sentenceOf, spellingsOf } from './registry-words.ts';

/** What the adapters need from outside, and how long they wait. */
export interface UpstreamDeps {
  /** Resolves after so many milliseconds; between attempts of a read. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly timeouts?: Partial<UpstreamTimeouts>;
}

/** Milliseconds. `idle` is the longest silence; the other two bound a whole call. */
interface UpstreamTimeouts {
  readonly connect: number;
  readonly idle: number;
  readonly read: number;
  readonly send: number;
}

const DEFAULT_TIMEOUTS: UpstreamTimeouts = {
  connect: 10_000,
  idle: 60_000,
  read: 300_000,
  send: 1_800_000,
};

const READ_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;
const MAX_REDIRECTS = 3;
const USER_AGENT = 'countersign';

/** A successful answer while it arrives. `url` is where it came from after redirects. */
export interface ReadAnswer {
  readonly url: URL;
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** `redirects`: `same-origin` for what must come from the registry itself. */
interface ReadOptions {
  readonly accept: string;
  readonly redirects: 'same-origin' | 'same-scheme';
}

/** A call with a credential. `path` is relative to the registry's address. */
export interface SendCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly authorization: string;
  readonly credential: SecretText;
  readonly body?: SendBody;
  /**
   * A call without effect that shows whether the credential is accepted. Servers that refuse one
   * close the connection while the body is still coming, and their answer is lost; the question is
   * then asked this way.
   */
  readonly probe?: Pick<SendCall, 'method' | 'path' | 'body'>;
}

/** Streamed: `sizeBytes` is announced, and a stream of another length fails the call. */
export interface SendBody {
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** `words`: what the registry said, clean. `text`: the body, at most 16 KiB of it. */
export interface SendAnswer {
  readonly status: number;
  readonly words: string;
  readonly text: string;
}

export interface RegistryHttp {
  /**
   * Reads without a credential: at most three redirects, three attempts. Undefined on 404 and 410.
   * `use` may run once per attempt. Throws `upstream-refused` on 401 and 403,
   * `upstream-unreachable` on everything else that is not an answer.
   */
  read<T>(
    url: URL,
    options: ReadOptions,
    use: (answer: ReadAnswer) => Promise<T>,
  ): Promise<T | undefined>;
  /**
   * One attempt with a credential, to the configured address only. Answers 2xx and 4xx are
   * returned. Throws `upstream-refused` on a redirect, `upstream-unreachable` when nobody can say
   * whether the registry took it, `credential-missing` for a credential that no header can hold.
   */
  send(call: SendCall): Promise<SendAnswer>;
}

/** The address of a registry, with a trailing slash. Throws `config-invalid` for one that may not
 * stand in a policy: the credential goes where this says. */
export function parseRegistryAddress(address: string): URL {
  const reading = readUpstreamAddress(address);
  if (reading.kind === 'address') return new URL(reading.url);
  throw new CountersignError('config-invalid', `upstream: ${reading.problem}`, {
    hint: reading.hint,
  });
}

/** `base` is the configured address, from `parseRegistryAddress`. */
export function createRegistryHttp(base: URL, deps: UpstreamDeps): RegistryHttp {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...deps.timeouts };
  const dispatcher = new Agent({
    connect: { timeout: timeouts.connect },
    headersTimeout: timeouts.idle,
    bodyTimeout: timeouts.idle,
    keepAliveTimeout: 1_000,
    allowH2: false,
  });
  return {
    read: (url, options, use) => readWithRetries(url, options, use, { dispatcher, timeouts, deps }),
    send: (call) => sendAndProbe(call, (one) => sendOnce(base, one, dispatcher, timeouts)),
  };
}

interface Transport {
  readonly dispatcher: Dispatcher;
  readonly timeouts: UpstreamTimeouts;
  readonly deps: UpstreamDeps;
}

/** A failure that another attempt may mend. */
class PassingFailure extends Error {}

async function readWithRetries<T>(
  url: URL,
  options: ReadOptions,
  use: (answer: ReadAnswer) => Promise<T>,
  transport: Transport,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readOnce(url, options, use, transport);
    } catch (error) {
      const problem = passingProblem(error);
      if (problem === undefined) throw error;
      if (attempt === READ_ATTEMPTS) {
        throw new CountersignError(
          'upstream-unreachable',
          `${shown(url)} gave no answer in ${READ_ATTEMPTS} attempts: ${problem}`,
          { hint: 'see whether the registry is up and the address in the policy is right' },
        );
      }
      await transport.deps.sleep(FIRST_PAUSE_MS * 4 ** (attempt - 1));
    }
  }
}

async function readOnce<T>(
  start: URL,
  options: ReadOptions,
  use: (answer: ReadAnswer) => Promise<T>,
  transport: Transport,
): Promise<T | undefined> {
  const signal = AbortSignal.timeout(transport.timeouts.read);
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const { statusCode, statusText, headers, body } = await request(url, {
      dispatcher: transport.dispatcher,
      signal,
      headers: { accept: options.accept, 'accept-encoding': 'identity', 'user-agent': USER_AGENT },
    });
    body.on('error', ignore);
    try {
      if (statusCode === 404 || statusCode === 410) return undefined;
      const contentType = oneHeader(headers['content-type']);
      if (statusCode >= 200 && statusCode < 300) return await use({ url, contentType, body });
      if (statusCode >= 300 && statusCode < 400 && statusCode !== 304) {
        url = redirectTarget(url, oneHeader(headers['location']), options, start);
        continue;
      }
      const said = sentenceOf(contentType, await textOf(body), statusText);
      throw readFailure(url, statusCode, cleanWords(said, []));
    } finally {
      // frees the connection of whatever was not read to its end
      body.destroy();
    }
  }
  throw unreachable(start, `redirects more than ${MAX_REDIRECTS} times`);
}

function readFailure(url: URL, status: number, words: string): Error {
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return new PassingFailure(`it answered ${status} ${words}`);
  }
  if (status === 401 || status === 403) {
    return new CountersignError(
      'upstream-refused',
      `${shown(url)} may not be read without a credential (${status}): ${words}`,
      { hint: 'the registry must let anyone read what was published' },
    );
  }
  return unreachable(url, `answered ${status}: ${words}`);
}

function redirectTarget(from: URL, location: string, options: ReadOptions, start: URL): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (to === undefined || to.protocol !== start.protocol || to.username !== '') {
    throw unreachable(from, `redirects to ${cleanWords(location, []) || 'nowhere'}`);
  }
  if (options.redirects === 'same-origin' && to.origin !== start.origin) {
    throw new CountersignError(
      'upstream-unreachable',
      `${shown(from)} redirects to another registry: ${cleanWords(to.href, [])}`,
      { hint: 'switch off the fallback of the registry, or configure where it is read' },
    );
  }
  return to;
}

async function sendAndProbe(
  call: SendCall,
  send: (call: SendCall) => Promise<SendAnswer>,
): Promise<SendAnswer> {
  try {
    return await send(call);
  } catch (error) {
    if (call.probe === undefined || !(error instanceof BrokenSend)) throw error;
    const { authorization, credential } = call;
    const answer = await send({ ...call.probe, authorization, credential }).catch(() => undefined);
    if (answer?.status === 401 || answer?.status === 403) return answer;
    throw error;
  }
}

/** The connection broke: no answer of the registry was seen. */
class BrokenSend extends CountersignError {}

async function sendOnce(
  base: URL,
  call: SendCall,
  dispatcher: Dispatcher,
  timeouts: UpstreamTimeouts,
): Promise<SendAnswer> {
  const credential = call.credential.reveal();
  if (!/^[\x21-\x7e]+$/.test(credential)) {
    throw new CountersignError(
      'credential-missing',
      `the credential for ${base.origin} is empty or has characters that no header can hold`,
      { hint: 'put it into the vault again, without line breaks' },
    );
  }
  const url = targetOf(base, call.path);
  const secrets = spellingsOf(credential, call.authorization);
  const answer = await dispatchSend(url, call, dispatcher, timeouts, secrets);
  if (answer.status >= 200 && answer.status < 300) return answer;
  if (answer.status < 400) {
    throw new CountersignError(
      'upstream-refused',
      `${shown(url)} answered a call with a credential by a redirect (${answer.status}) to ${answer.words}`,
      { hint: 'configure the address that the registry really has' },
    );
  }
  if (answer.status >= 500) {
    throw new CountersignError(...undecided(url, `it answered ${answer.status} ${answer.words}`));
  }
  return answer;
}

async function dispatchSend(
  url: URL,
  call: SendCall,
  dispatcher: Dispatcher,
  timeouts: UpstreamTimeouts,
  secrets: readonly string[],
): Promise<SendAnswer> {
  const stream = call.body && Readable.from(call.body.bytes, { objectMode: false });
  let ownFailure: unknown;
  stream?.once('error', (error) => {
    ownFailure = error;
  });
  try {
    const { statusCode, statusText, headers, body } = await request(url, {
      method: call.method,
      dispatcher,
      signal: AbortSignal.timeout(timeouts.send),
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': USER_AGENT,
        authorization: call.authorization,
        ...(call.body && {
          'content-type': call.body.contentType,
          'content-length': String(call.body.sizeBytes),
        }),
      },
      body: stream ?? null,
    });
    body.on('error', ignore);
    const text = await textOf(body);
    const isRedirect = statusCode >= 300 && statusCode < 400;
    const said = isRedirect
      ? oneHeader(headers['location']) || 'nowhere'
      : sentenceOf(oneHeader(headers['content-type']), text, statusText);
    return { status: statusCode, words: cleanWords(said, secrets), text };
  } catch (error) {
    // a body that could not be read here never was an answer of the registry
    if (ownFailure instanceof CountersignError) throw ownFailure;
    // without cause: nothing that held the header may travel on
    const problem = cleanWords(passingProblem(error) ?? 'the call failed', secrets);
    throw new BrokenSend(...undecided(url, problem));
  } finally {
    stream?.destroy();
  }
}

/** The credential belongs to the configured origin and folder; a path cannot leave them. */
function targetOf(base: URL, path: string): URL {
  const url = new URL(path, base);
  if (url.origin === base.origin && url.pathname.startsWith(base.pathname)) return url;
  throw new CountersignError('internal', `a call with a credential would leave ${base.href}`);
}

function undecided(url: URL, problem: string): ConstructorParameters<typeof CountersignError> {
  return [
    'upstream-unreachable',
    `${shown(url)} did not say whether it took the call: ${problem}`,
    { hint: 'ask the registry what it shows before trying again' },
  ];
}

function unreachable(url: URL, problem: string): CountersignError {
  return new CountersignError('upstream-unreachable', `${shown(url)} ${problem}`);
}

/** Undefined for errors that are not the transport's. */
function passingProblem(error: unknown): string | undefined {
  if (error instanceof PassingFailure) return error.message;
  if (!(error instanceof Error) || error instanceof CountersignError) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'TimeoutError' || error.name === 'AbortError' ? 'timed out' : undefined;
}

function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
