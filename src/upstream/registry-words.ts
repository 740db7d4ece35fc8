/** What a registry said, made fit for a message: one line, short, and never the credential. */

const MAX_WORDS = 300;

/** Control, format and line-separator characters: they could forge lines or hide text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu;

/** What must not be repeated, in the spellings in which a server may echo it. */
export function spellingsOf(credential: string, authorization: string): readonly string[] {
  const sent = authorization.slice(authorization.indexOf(' ') + 1);
  const spellings = [credential, sent, Buffer.from(credential).toString('base64')];
  return [...new Set([...spellings, ...spellings.map(encodeURIComponent)])]
    .filter((one) => one !== '')
    .sort((left, right) => right.length - left.length);
}

/** `text` as it may stand in an error: '' stays ''. `secrets` are replaced by `[secret]`. */
export function cleanWords(text: string, secrets: readonly string[]): string {
  let words = text.replace(UNPRINTABLE, ' ').replace(/ {2,}/g, ' ').trim();
  for (const secret of secrets) words = words.replaceAll(secret, '[secret]');
  return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS - 3)}...` : words;
}

/**
 * The sentence in an answer: npm's `error`, Warehouse's `message`, a problem's `detail`, else plain
 * text, else the text of a page, else the reason phrase. `body` is bounded by the caller.
 */
export function sentenceOf(contentType: string, body: string, reason: string): string {
  const fromJson = sentenceOfJson(body);
  if (fromJson !== undefined) return fromJson;
  if (/^text\/html\b/i.test(contentType)) return textOfPage(body) || reason;
  return body.trim() === '' ? reason : body;
}

function sentenceOfJson(body: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Record<string, unknown> = { ...value };
  for (const name of ['error', 'message', 'detail', 'code', 'reason']) {
    const field = fields[name];
    if (typeof field === 'string' && field.trim() !== '') return field;
  }
  return undefined;
}

/** Every pattern stops at the next `<`, so that the time is linear in the page. */
function textOfPage(page: string): string {
  return page
    .replace(/<(?:style|script)\b[^<]*/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&#0?39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}
