/** What the search for secrets found in one file, as findings. */
import { CONFIDENCES, type Confidence, type Finding } from '../../core/finding.ts';
import type { FindingList } from '../finding-list.ts';
import type { SecretScan } from './secret-scan.ts';

/** Where findings go, and from which confidence on they reject. */
interface SecretPlace {
  readonly list: FindingList;
  readonly blockAt: Confidence;
  /** The path in the artifact, and the one that is shown. */
  readonly inner: string;
  readonly path: string;
  /** Where a text stands that is no file's: lines of it are those of no file. */
  readonly what?: string;
}

/** Adds what was found, what is only counted, which rules failed and what was not looked at. */
export function addSecrets(
  { list, blockAt, inner, path, what }: SecretPlace,
  found: SecretScan,
): void {
  for (const { rule, confidence, message, line, column } of found.hits) {
    const severity = confidence === 'weak' ? 'low' : rule.severity;
    const effect = secretEffect(confidence, blockAt);
    const told = what === undefined ? message : `${message}; it stands in ${what}`;
    const problem = { message: told, confidence, severity } as const;
    const place = what === undefined ? { line, column } : {};
    list.add(rule, effect, problem, { subject: inner, path, ...place });
  }
  for (const { rule, confidence, count } of found.more) {
    list.addMore(rule, secretEffect(confidence, blockAt), confidence, count);
  }
  for (const { rule, error } of found.failed) list.addFailure(rule, path, error);
  for (const reason of found.unread) list.addUnread(path, reason);
}

/**
 * What a secret does to the verdict: `reject` from the policy's threshold on; below it a plausible
 * one is held for people to acknowledge and a weak one is noted.
 */
export function secretEffect(confidence: Confidence, blockAt: Confidence): Finding['effect'] {
  if (CONFIDENCES.indexOf(confidence) >= CONFIDENCES.indexOf(blockAt)) return 'reject';
  return confidence === 'weak' ? 'note' : 'hold';
}
