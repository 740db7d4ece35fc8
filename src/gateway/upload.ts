/** An upload as the outside sees it: what it claims, how its bytes come in, and what it gets. */
import type { Sha256 } from '../core/names.ts';
import type { JsonValue } from '../formats/canonical.ts';
import type { AttestationText } from './ports.ts';

/** What an upload says about itself, beside the bytes. */
export interface UploadClaim {
  readonly ecosystem: string;
  /** File name as uploaded. */
  readonly file: string;
  /** The client's own metadata: npm version manifest, PyPI form fields. */
  readonly request: JsonValue;
  readonly distTag: string | null;
  readonly sha256: string | null;
  readonly sha512: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
  /** Attestations that came in the same request; none where it is absent. */
  readonly attestations?: readonly AttestationText[];
}

export interface Receipt {
  readonly release: string;
  readonly file: string;
  readonly sha256: Sha256;
  /** The same bytes were held already. */
  readonly again: boolean;
  /** Nothing is missing: the release is sealed. */
  readonly complete: boolean;
  /** Declared and not there yet, such as `1 wheel of aitbc-agent-sdk`. */
  readonly missing: readonly string[];
}

/**
 * One upload in progress. `write` may be called before the claim is known, since some clients send
 * the bytes first. Either `accept` or `refuse` ends it; an upload that ends with neither (the
 * connection broke) must be ended with `refuse`.
 */
export interface Upload {
  write(chunk: Uint8Array): Promise<void>;
  accept(claim: UploadClaim): Promise<Receipt>;
  /** Discards the bytes and records the refusal in the ledger. Never throws. */
  refuse(file: string | null, reason: unknown): Promise<void>;
}
