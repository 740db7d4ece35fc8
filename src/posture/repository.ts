/** What an audit is given: a repository as somebody read it, its gateway, and what forges show of it. */
import type { ObservedSettings } from './settings.ts';

/** One file of the git index, or of the folder where there is no git. */
export interface RepositoryFile {
  /** From the root, with `/` between folders. */
  readonly path: string;
  /** `120000` is a symbolic link, `160000` a submodule. */
  readonly mode: '100644' | '100755' | '120000' | '160000';
  /** Of files that rules read; null for all others. */
  readonly text: string | null;
  /** Whether it begins with `#!`; null where nobody looked. */
  readonly hasShebang: boolean | null;
}

/** Upstream modes of the gateway; DESIGN's "how a release leaves". */
export type UpstreamMode = 'publish' | 'stage' | 'stage-by-ci' | 'ci';

/** A package that the gateway releases. */
export interface GatedPackage {
  readonly ecosystem: string;
  readonly name: string;
  readonly mode: UpstreamMode;
  /** Where the public reads it; left out where nobody says. */
  readonly registry?: string;
}

/** What `countersign.yaml` says of the gateway. */
export interface GatewayFacts {
  /** Where its file is, from the root. */
  readonly path: string;
  /** Origin that clients upload to, or null where it is not written. */
  readonly origin: string | null;
  readonly packages: readonly GatedPackage[];
}

/** Commits of tags and branches of actions, as somebody looked them up. */
export interface PinLookup {
  /** The commit and the most exact tag of `owner/name` at `ref`; null where nobody knows. */
  resolve(
    repository: string,
    ref: string,
  ): { readonly commit: string; readonly tag: string } | null;
}

/** Something that should have been read and was not; `reason` is one clause. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

export interface AuditInputs {
  readonly files: readonly RepositoryFile[];
  readonly unread: readonly UnreadFile[];
  readonly gateway: GatewayFacts | null;
  readonly settings: ObservedSettings | null;
  /** Why there are no settings, in one clause; '' where there are. */
  readonly settingsMissing: string;
  /** Accounts at registries that are the team's own; left out where nobody has named them. */
  readonly team?: readonly string[];
  readonly pins: PinLookup;
}
