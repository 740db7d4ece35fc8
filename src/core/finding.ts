/** What a check answers, and the verdict that follows. All data; nothing here is thrown. */
import { integer, list, literal, nullable, object, type Read, text } from './shape.ts';

export const VERDICTS = ['pass', 'hold', 'reject', 'indeterminate'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const CONFIDENCES = ['weak', 'plausible', 'proven'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/**
 * `line` and `column` are 1-based; `path` inside an archive is `outer!inner`, and null for a
 * finding about the release. `fingerprint` names this finding in acknowledgements: it is built
 * from rule and location, never from a secret.
 * `effect`: `reject` ends the attempt, `hold` needs acknowledgement inside every counted
 * signature, `note` informs.
 */
export const finding = object({
  rule: text,
  category: literal('secret', 'content', 'change', 'release'),
  severity: literal('info', 'low', 'medium', 'high', 'critical'),
  confidence: literal(...CONFIDENCES),
  effect: literal('note', 'hold', 'reject'),
  path: nullable(text),
  line: nullable(integer(1)),
  column: nullable(integer(1)),
  message: text,
  fingerprint: text,
});
export type Finding = Read<typeof finding>;

/** Something that could not be read: makes the verdict `indeterminate`, never silent. */
export const unread = object({ path: text, reason: text });
export type Unread = Read<typeof unread>;

/** The worst effect wins; anything unread means that nobody can say. */
export function verdictOf(findings: readonly Finding[], unreadParts: readonly Unread[]): Verdict {
  if (findings.some((one) => one.effect === 'reject')) return 'reject';
  if (unreadParts.length > 0) return 'indeterminate';
  return findings.some((one) => one.effect === 'hold') ? 'hold' : 'pass';
}

/** One artifact's part of an inspection report. */
export const artifactReport = object({
  path: text,
  sha256: text,
  sizeBytes: integer(0),
  verdict: literal(...VERDICTS),
  findings: list(finding),
  unread: list(unread),
});
export type ArtifactReport = Read<typeof artifactReport>;
