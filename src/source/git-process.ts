/**
 * Runs the system's `git` against repositories that strangers write to. What git would take from
 * elsewhere is cut off: configuration of the user and of the system, hooks, credential helpers,
 * prompts, protocols that run commands, submodules, replacement objects. Time, output and disk are
 * bounded. Arguments of others come after `--` or as a full ref; they are checked before they come
 * here.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { CountersignError } from '../core/errors.ts';

/** One call. `stdin` is written and closed. */
export interface GitCall {
  /** The repository; null for calls that need none. */
  readonly folder: string | null;
  /**
   * The working tree of a repository on this machine, whose own settings strangers may have written:
   * git then talks to nobody, also not to fetch what the repository says is missing.
   */
  readonly workTree?: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  readonly stdin?: string;
  /** Called every second while git runs; its answer, a reason, ends git. */
  readonly watch?: () => Promise<string | null>;
}

export interface GitProcess {
  /** What git printed. Throws `source-unreachable` past `maxBytes`, on time-out and on failure. */
  read(call: GitCall & { readonly maxBytes: number }): Promise<Buffer>;
  /** The exit code of a question that git answers with 0 or 1. Throws for every other code. */
  ask(call: GitCall): Promise<boolean>;
  /** Hands what git prints to `take`, as it comes. */
  stream(call: GitCall, take: (output: Readable) => Promise<void>): Promise<void>;
}

export interface GitOptions {
  /** The PATH that git and its helpers are found in. */
  readonly path: string;
  /** A file of known SSH hosts; null takes the user's own. */
  readonly knownHosts?: string | null;
}

const WORDS_MAX_BYTES = 4096;

const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.askPass=',
  'core.alternateRefsCommand=',
  'credential.helper=',
  'fetch.fsckObjects=true',
  'fetch.recurseSubmodules=false',
  'gc.auto=0',
  'http.followRedirects=false',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=20',
  'maintenance.auto=false',
  'protocol.allow=never',
  'submodule.recurse=false',
  'transfer.fsckObjects=true',
] as const;

const PROTOCOLS = ['file', 'http', 'https', 'ssh'];

/** `git` of this machine, with a clean environment. */
export function createGitProcess(options: GitOptions): GitProcess {
  const env = environmentOf(options);
  return {
    async read(call) {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      await run(env, call, async (output) => {
        for await (const chunk of output as AsyncIterable<Buffer>) {
          sizeBytes += chunk.length;
          if (sizeBytes > call.maxBytes) {
            throw unreachable(call, `answered with more than ${call.maxBytes} bytes`);
          }
          chunks.push(chunk);
        }
      });
      return Buffer.concat(chunks);
    },
    async ask(call) {
      const code = await run(env, call, discard, [0, 1]);
      return code === 0;
    },
    async stream(call, take) {
      await run(env, call, take);
    },
  };
}

/** Nothing of our own environment: it may hold the passphrase of the vault. */
function environmentOf({ path, knownHosts }: GitOptions): Readonly<Record<string, string>> {
  const ssh = [
    'ssh -F none -oBatchMode=yes -oStrictHostKeyChecking=yes -oConnectTimeout=20',
    '-oClearAllForwardings=yes -oForwardAgent=no -oPermitLocalCommand=no',
    ...(knownHosts == null ? [] : [`-oUserKnownHostsFile=${knownHosts}`]),
  ].join(' ');
  return {
    PATH: path,
    HOME: '/nonexistent',
    XDG_CONFIG_HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'false',
    SSH_ASKPASS: 'false',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_SSH_COMMAND: ssh,
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PROTOCOL_FROM_USER: '0',
  };
}

async function discard(output: Readable): Promise<void> {
  for await (const chunk of output) void chunk;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

async function run(
  env: Readonly<Record<string, string>>,
  call: GitCall,
  take: (output: Readable) => Promise<void>,
  codes: readonly number[] = [0],
): Promise<number> {
  const protocol = call.workTree === undefined ? 'always' : 'never';
  const settings = [
    ...SETTINGS,
    ...PROTOCOLS.map((name) => `protocol.${name}.allow=${protocol}`),
  ].flatMap((one) => ['-c', one]);
  const place = [
    ...(call.folder === null ? [] : [`--git-dir=${call.folder}`]),
    ...(call.workTree === undefined ? [] : [`--work-tree=${call.workTree}`]),
  ];
  const child: Child = spawn('git', ['--no-pager', ...settings, ...place, ...call.args], {
    cwd: call.workTree ?? call.folder ?? '/',
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    // a group of its own, so that its helpers end with it
    detached: true,
  });
  let stopped: CountersignError | null = null;
  const stop = (reason: string) => {
    stopped ??= unreachable(call, reason);
    endGroup(child);
  };
  const timer = setTimeout(
    () => stop(`took longer than ${call.timeoutMs / 1000} seconds`),
    call.timeoutMs,
  );
  const watcher = watch(call, stop);
  const ended = endOf(child);
  try {
    child.stdin.on('error', () => undefined);
    child.stdin.end(call.stdin ?? '');
    const [words] = await Promise.all([wordsOf(child.stderr), take(child.stdout)]);
    const code = await ended;
    if (stopped !== null) throw stopped;
    if (code === null || !codes.includes(code)) throw failed(call, code, words);
    return code;
  } catch (error) {
    endGroup(child);
    await ended.catch(() => undefined);
    throw stopped ?? error;
  } finally {
    clearTimeout(timer);
    clearInterval(watcher);
  }
}

function watch({ watch: look }: GitCall, stop: (reason: string) => void) {
  if (look === undefined) return undefined;
  return setInterval(() => {
    look().then(
      (reason) => {
        if (reason !== null) stop(reason);
      },
      () => undefined,
    );
  }, 1000);
}

function endOf(child: Child): Promise<number | null> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('close', (code) => resolve(code));
  child.once('error', (cause) =>
    reject(
      new CountersignError('tool-missing', 'git could not be started', {
        hint: 'install git where Countersign runs; projects with source.mirror and repositories on disk need it',
        cause,
      }),
    ),
  );
  // awaited later: without this an early error would be unhandled
  promise.catch(() => undefined);
  return promise;
}

/** Ends git with every helper that it started. */
function endGroup(child: Child): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** The first of what git says on the side; the rest is read and dropped. */
async function wordsOf(stream: Readable): Promise<string> {
  let words = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (words.length < WORDS_MAX_BYTES) words += chunk.toString('latin1');
  }
  return words.slice(0, WORDS_MAX_BYTES);
}

function failed(call: GitCall, code: number | null, words: string): CountersignError {
  // printable ASCII in one line: the other end chose some of these words
  const said = words
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 300);
  const end = code === null ? 'was ended' : `ended with ${code}`;
  return unreachable(call, `${end}${said === '' ? '' : `: ${said}`}`);
}

function unreachable(call: GitCall, problem: string): CountersignError {
  return new CountersignError('source-unreachable', `git ${call.args[0] ?? ''} ${problem}`, {
    hint:
      call.workTree === undefined
        ? 'see that this host may read the repository of source.mirror; the inspection is repeated'
        : 'see what git itself says of the repository: git status',
  });
}
