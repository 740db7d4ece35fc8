import type { IncomingMessage } from 'node:http';
import { type CountersignError, ERROR_CODES } from '../../core/errors.ts';
import { type Answer, reasonPhrase } from '../exchange.ts';

/**
 * A refusal in each place where a Python client looks: twine, flit, pdm and hatch show the reason
 * phrase, uv the body; uv takes JSON only under exactly this content type. Only a read may end in
 * 404, and nothing in 409: `--skip-existing` of several clients takes that for success.
 */
export function pypiRefusal(
  request: IncomingMessage,
  error: CountersignError,
  isRead: boolean,
): Answer {
  const whole = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
  const text = isRead ? whole : withoutSkipWords(capitalised(whole));
  const { status: told } = ERROR_CODES[error.code];
  const status = isRead ? told : writeStatus(told);
  const reason = reasonPhrase(text);
  const extra: Record<string, string> = {};
  if (status === 401) extra['www-authenticate'] = 'Basic realm="countersign"';
  if (status === 429 || status === 503) extra['retry-after'] = '30';
  const wantsJson = (request.headers.accept ?? '').includes('application/json');
  if (!wantsJson) {
    return {
      status,
      reason,
      headers: { ...extra, 'content-type': 'text/plain; charset=utf-8' },
      body: `${status} ${text}\n`,
    };
  }
  return {
    status,
    reason,
    headers: { ...extra, 'content-type': 'application/json' },
    body: JSON.stringify({
      message: text,
      code: `${status} ${text}`,
      title: ERROR_CODES[error.code].about,
    }),
  };
}

function writeStatus(status: number): number {
  if (status === 404) return 403;
  return status === 409 ? 400 : status;
}

/** A word is, a file name is not: it would be another one. */
function capitalised(text: string): string {
  return text.replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase());
}

/** twine, poetry and pdm pass over a refusal in which they find one of these. */
function withoutSkipWords(text: string): string {
  return text
    .replaceAll(/already exists?/gi, 'is held')
    .replaceAll(/already been taken/gi, 'been taken before')
    .replaceAll(/overwrite artifact|was ever registered|updating asset/gi, 'replace');
}
