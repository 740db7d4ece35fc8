/**
 * The log: one JSON object a line, static event names, ids and numbers. No objects, so that nothing
 * secret can hang on one; what looks like a credential all the same is hidden.
 */
import { type DestinationStream, pino } from 'pino';
import { isCountersignError } from '../core/errors.ts';
import type { Log } from '../gateway/ports.ts';
import { hideCredentials } from './credential-shape.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

const EVENT = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const VALUE_MAX_CHARACTERS = 500;
const STACK_MAX_LINES = 12;

/**
 * A log that names `process` (`serve`, `publisher`) in every line. `destination` is standard error
 * where none is given; lines are written before the call returns, so that a crash loses none.
 * Events that are not `lower-case.dotted` words throw a TypeError: they are part of the program.
 */
export function createLog(options: {
  readonly process: string;
  readonly level?: LogLevel;
  readonly destination?: DestinationStream;
}): Log {
  const out = pino(
    {
      level: options.level ?? 'info',
      base: { process: options.process },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'event',
    },
    options.destination ?? pino.destination({ dest: 2, sync: true }),
  );
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void => {
      if (!EVENT.test(event)) throw new TypeError('log events are lower-case dotted words');
      out[level](hideInFields(fields), event);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/**
 * The log fields of an error: its code and message; for a defect also its class and where it was
 * thrown. Credentials are hidden, length is bounded. Never throws.
 */
export function errorFields(error: unknown): LogFields {
  if (isCountersignError(error)) {
    return { code: error.code, message: error.message, ...causeFields(error.cause) };
  }
  if (!(error instanceof Error)) return { code: 'internal', message: 'something that is no error' };
  return { code: 'internal', message: error.message, ...causeFields(error) };
}

function causeFields(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return {};
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    cause: `${cause.name}: ${cause.message}`,
    stack: frames
      .slice(0, STACK_MAX_LINES)
      .map((line) => line.trim())
      .join(' | '),
  };
}

function hideInFields(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' ? shown(value) : value,
    ]),
  );
}

function shown(text: string): string {
  // Cut after hiding: a credential cut in two would no longer look like one.
  const hidden = hideCredentials(text.slice(0, 20 * VALUE_MAX_CHARACTERS));
  return hidden.length > VALUE_MAX_CHARACTERS * 3
    ? `${hidden.slice(0, VALUE_MAX_CHARACTERS * 3)}...`
    : hidden;
}
