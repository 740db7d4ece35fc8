/** One place in a workflow that puts packages somewhere. */
import type { Span } from '../source-text.ts';
import type { Step } from '../workflow.ts';

export interface PublishAct {
  /** `npm`, `pypi`, or `other` for registries that the gateway does not serve. */
  readonly ecosystem: 'npm' | 'pypi' | 'other';
  /** The program or action that does it. */
  readonly tool: string;
  /** `stage` leaves the last word to a person at the registry. */
  readonly kind: 'publish' | 'stage';
  /** The file that is named, as written; null where a folder is packed at that moment or nobody can tell. */
  readonly artifact: string | null;
  /** The registry that the command line or an input names, as written; null for the client's own. */
  readonly registry: string | null;
  /** The step of the job that does it, itself or by what it calls. */
  readonly step: Step;
  readonly span: Span;
}

/** An act as the readers of commands and inputs see it, before it has a place. */
export type ReadAct = Omit<PublishAct, 'span' | 'step'>;
