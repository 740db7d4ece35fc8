/** Problem details (RFC 9457): how the API says no. */
import { z } from 'zod';
import { CountersignError, ERROR_CODES, type ErrorCode } from '../core/errors.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

const TYPE_PREFIX = 'urn:countersign:error:';

/** `type` is `urn:countersign:error:<code>`; `request` finds the call in the gateway's log. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    hint: z.string().nullable(),
    request: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** The problem that tells of `error`. */
export function problemOf(error: CountersignError, request: string): Problem {
  const { status, about } = ERROR_CODES[error.code];
  return {
    type: `${TYPE_PREFIX}${error.code}`,
    title: about,
    status,
    detail: error.message,
    hint: error.hint ?? null,
    request,
  };
}

/** The error that a problem tells of; undefined where it is no problem with a code that we know. */
export function errorOfProblem(value: unknown): CountersignError | undefined {
  const { success, data } = problem.safeParse(value);
  if (!success || !data.type.startsWith(TYPE_PREFIX)) return undefined;
  const code = data.type.slice(TYPE_PREFIX.length);
  if (!isErrorCode(code)) return undefined;
  return new CountersignError(
    code,
    printable(data.detail),
    data.hint === null ? {} : { hint: printable(data.hint) },
  );
}

function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text);
}

/** Ends up on a terminal: a server must not be able to move its cursor. */
function printable(text: string): string {
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f]/g, ' ').slice(0, 4000);
}
