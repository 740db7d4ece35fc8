import type { ZodError } from 'zod';
import { CountersignError } from '../../core/errors.ts';

/** The first thing that does not fit, as a 'usage' error that names its place. */
export function firstIssue(target: string, error: ZodError): CountersignError {
  const issue = error.issues[0];
  const place = [target === 'json' ? 'body' : target, ...(issue?.path ?? [])].map(String).join('.');
  const message = issue?.message ?? 'does not fit';
  const problem = message.charAt(0).toLowerCase() + message.slice(1);
  // a path holds keys that the caller chose
  const text = `${place}: ${problem}`.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 300);
  return new CountersignError('usage', text);
}
