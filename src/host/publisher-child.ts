/** The publisher as a child process: it shares our life, and our user. */
import { spawn } from 'node:child_process';
import { CountersignError } from '../core/errors.ts';

export interface PublisherChildOptions {
  /** Path of the program that both processes are. */
  readonly program: string;
  readonly configFile: string;
  readonly logLevel: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Fires when this process was asked to end: then the child's end is no failure. */
  readonly asked: AbortSignal;
  /** Aborted when the child ends: a gateway that cannot publish does not stay up as if it could. */
  readonly ended: AbortController;
}

/**
 * The child's standard input is a pipe that we hold and never write to: when it closes, because we
 * ask for the end or because we were killed, the child finishes the work at hand and ends. A signal
 * would not do: Ctrl-C reaches it too, and a second signal is how a person ends it at once.
 */
export function startPublisherChild(options: PublisherChildOptions) {
  const { program, configFile, logLevel, ended } = options;
  const child = spawn(
    process.execPath,
    [program, 'publisher', '--config', configFile, '--log-level', logLevel, '--end-with-stdin'],
    { stdio: ['pipe', 'ignore', 'inherit'], env: { ...options.env } },
  );
  const failure = new Promise<CountersignError | null>((resolve) => {
    const end = (how: string, cause?: unknown) => {
      const wanted = options.asked.aborted || ended.signal.aborted;
      resolve(wanted ? null : publisherEnded(how, cause));
      ended.abort();
    };
    child.once('error', (cause) => end('could not be started', cause));
    child.once('exit', (code, signal) => end(`ended with ${signal ?? `code ${code}`}`));
  });
  return {
    /** Throws `tool-failed` where it had ended before it was asked to. */
    async stop() {
      child.stdin.end();
      const error = await failure;
      if (error !== null) throw error;
    },
  };
}

function publisherEnded(how: string, cause: unknown): CountersignError {
  return new CountersignError('tool-failed', `the publisher ${how} while the gateway was running`, {
    hint: 'its last words are above; countersign doctor looks at what it needs',
    cause,
  });
}
