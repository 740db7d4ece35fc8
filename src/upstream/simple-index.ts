import { CountersignError } from '../core/errors.ts';
import { isSha256 } from '../core/names.ts';
import { boundedBody } from './bounded-body.ts';
import { readAnchors } from './html-anchors.ts';
import { readJsonStream } from './json-stream.ts';
import { isObject } from './npm-packument.ts';
import type { ReadAnswer } from './registry-http.ts';

/** JSON where the registry has it (PEP 691), HTML otherwise (PEP 503). */
export const SIMPLE_INDEX =
  'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1';

/** One file of a project's simple index. */
export interface IndexFile {
  readonly file: string;
  readonly url: URL;
  /** Null where the index names no SHA-256. */
  readonly sha256: string | null;
  /** Whether `url` plus `.metadata` is served (PEP 658, PEP 714). */
  readonly hasMetadata: boolean;
  /** Null where the index says nothing. */
  readonly requiresPython: string | null;
  readonly isYanked: boolean;
  /** As the index spells it (PEP 700); null where it tells none. */
  readonly uploadedAt: string | null;
  /** Whether the index names provenance of the file (PEP 740). */
  readonly hasProvenance: boolean;
}

const MAX_FILES = 100_000;
const MAX_PAGE_BYTES = 32 * 1024 * 1024;
const LIMITS = {
  maxBytes: 64 * 1024 * 1024,
  maxValueCharacters: 64 * 1024,
  maxDepth: 16,
};

/**
 * The files of one project. `what` names the page in messages. Throws `upstream-unreachable` when
 * it is not a simple index, or too large.
 */
export async function readSimpleIndex(
  answer: ReadAnswer,
  what: string,
): Promise<readonly IndexFile[]> {
  const type = answer.contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/vnd.pypi.simple.v1+json') return readJsonIndex(answer, what);
  if (type === 'application/vnd.pypi.simple.v1+html' || type === 'text/html') {
    return readHtmlIndex(answer, what);
  }
  return notUnderstood(what, 'is neither a JSON nor an HTML simple index');
}

function notUnderstood(what: string, problem: string): never {
  throw new CountersignError('upstream-unreachable', `${what} ${problem}`);
}

async function readJsonIndex(answer: ReadAnswer, what: string): Promise<readonly IndexFile[]> {
  const files: IndexFile[] = [];
  let hasList = false;
  await readJsonStream(answer.body, what, LIMITS, {
    wants: ([field, index], kind) => {
      if (field !== 'files') return false;
      if (index !== undefined) return true;
      if (kind !== 'array') notUnderstood(what, 'has no list of files');
      hasList = true;
      return false;
    },
    take: (_, value) => {
      if (files.length >= MAX_FILES) notUnderstood(what, `lists more than ${MAX_FILES} files`);
      files.push(fileOfJson(value, answer.url, what));
    },
  });
  return hasList ? files : notUnderstood(what, 'lists no files');
}

function fileOfJson(value: unknown, base: URL, what: string): IndexFile {
  const entry = isObject(value) ? value : {};
  const [file, address, hashes] = [entry['filename'], entry['url'], entry['hashes']];
  if (typeof file !== 'string' || typeof address !== 'string') {
    return notUnderstood(what, 'lists a file without name or address');
  }
  const sha256 = isObject(hashes) ? hashes['sha256'] : undefined;
  const requires = entry['requires-python'];
  const [yanked, uploaded] = [entry['yanked'], entry['upload-time']];
  return {
    file,
    url: addressOf(address, base, what),
    sha256: digestOf(sha256, what),
    hasMetadata: Boolean(entry['core-metadata'] ?? entry['dist-info-metadata']),
    requiresPython: typeof requires === 'string' ? requires : null,
    isYanked: yanked === true || typeof yanked === 'string',
    uploadedAt: typeof uploaded === 'string' ? uploaded : null,
    hasProvenance: typeof entry['provenance'] === 'string',
  };
}

async function readHtmlIndex(answer: ReadAnswer, what: string): Promise<readonly IndexFile[]> {
  const page = Buffer.from(await boundedBody(answer.body, what, MAX_PAGE_BYTES)).toString('utf8');
  const anchors = readAnchors(page, MAX_FILES);
  if (anchors === undefined) return notUnderstood(what, 'is not a well-formed simple index');
  return anchors.map(({ attributes, text }) => {
    const href = attributes.get('href');
    if (href === undefined) return notUnderstood(what, 'has a link without address');
    const url = addressOf(href, answer.url, what);
    // PEP 503: the text is the last component of the address; installers read either
    if (lastComponent(url) !== text) notUnderstood(what, 'has a link whose text is not its file');
    const fragment = /^#sha256=(.*)$/.exec(url.hash)?.[1];
    return {
      file: text,
      url,
      sha256: digestOf(fragment, what),
      hasMetadata:
        attributes.has('data-core-metadata') || attributes.has('data-dist-info-metadata'),
      requiresPython: attributes.get('data-requires-python') ?? null,
      isYanked: attributes.has('data-yanked'),
      uploadedAt: null,
      hasProvenance: attributes.has('data-provenance'),
    };
  });
}

function addressOf(address: string, base: URL, what: string): URL {
  const url = URL.canParse(address, base.href) ? new URL(address, base) : undefined;
  if (url !== undefined && url.protocol === base.protocol && url.username === '') return url;
  return notUnderstood(what, `lists a file whose address is not ${base.protocol}`);
}

function lastComponent(url: URL): string | undefined {
  try {
    return decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf('/') + 1));
  } catch {
    return undefined;
  }
}

function digestOf(value: unknown, what: string): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && isSha256(value.toLowerCase())) return value.toLowerCase();
  return notUnderstood(what, 'lists a SHA-256 that is none');
}
