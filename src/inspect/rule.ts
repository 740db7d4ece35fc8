/**
 * What a rule is. One rule, one file in rules/; rule-set.ts lists them. A rule answers and never
 * decides alone: the engine turns answers into findings, hides secrets and counts. A rule that
 * throws makes the verdict `indeterminate`.
 */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { Confidence, Finding } from '../core/finding.ts';
import type { InspectionInputs } from '../core/manifest.ts';
import type { Sha256 } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import type { ArtifactDescription, EcosystemRules } from '../ecosystem/ecosystem.ts';
import type { ArchiveEntry } from '../formats/archive-entry.ts';
import type { OddityCode } from '../formats/archive-oddity.ts';
import type { PackedTree } from './artifact/packed-tree.ts';
import type { SummaryDifference } from './diff/difference.ts';
import type { UpstreamChange } from './release/newest.ts';
import type { ArtifactSample } from './samples/sample-artifact.ts';
import type { ArtifactSource } from './source/source-comparison.ts';
import type { PackedEntry } from './unpack/unpack.ts';

/** What a finding does to the verdict; `indeterminate` says that nobody can know. */
export type RuleEffect = Finding['effect'] | 'indeterminate';

/** The part that every rule has, and that docs/rules.md prints. Sentences without full stops. */
export interface RuleText {
  /** Kebab-case; stands in findings, policies and documentation for ever. */
  readonly id: string;
  /** Counts up with every change of what the rule finds; part of the rule set's digest. */
  readonly version: number;
  readonly category: Finding['category'];
  readonly severity: Finding['severity'];
  /** What the rule looks for, in one sentence. */
  readonly about: string;
  /** What an attacker does, or what goes wrong by accident. */
  readonly attack: string;
  /** What to do about a finding. */
  readonly mend: string;
}

/** One artifact as the rules see it. `description` is null when it could not be read. */
export interface ArtifactFacts {
  readonly ecosystem: string;
  /** As the upload named it. */
  readonly package: string;
  readonly version: string;
  readonly kind: string;
  readonly file: string;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  readonly description: ArtifactDescription | null;
  /** Why `description` is null, in one clause. */
  readonly unreadable?: string;
}

/** What a release rule looks at. `ecosystems` throws for a name that is not configured. */
export interface ReleaseContext {
  readonly inputs: InspectionInputs;
  readonly policy: Policy;
  readonly artifacts: readonly ArtifactFacts[];
  readonly ecosystems: (name: string) => EcosystemRules;
}

/** One answer. What is left out is the rule's own; `confidence` is then `proven`. */
export interface Problem {
  readonly message: string;
  readonly effect?: RuleEffect;
  readonly severity?: Finding['severity'];
  readonly confidence?: Confidence;
}

/** `subject` tells two findings of one rule apart: a package, a file, a tag. `file` is there when
 * the finding is about one artifact. */
export interface ReleaseProblem extends Problem {
  readonly subject: string;
  readonly file?: string;
}

/** Asks about the release as a whole, from inputs and descriptions. */
export interface ReleaseRule extends RuleText {
  readonly kind: 'release';
  readonly effect: RuleEffect;
  check(context: ReleaseContext): Iterable<ReleaseProblem>;
  readonly examples: Examples<ReleaseContext>;
}

/** `path` is the entry's unless the rule names another, such as the folder it lies in; equal
 * answers for one path are one finding. */
export interface EntryProblem extends Problem {
  readonly path?: string;
}

/** Asks about one packed file, at any depth: name, mode, content, or the first eight mebibytes of
 * it, and see `everyWindow`. */
export interface EntryRule extends RuleText {
  readonly kind: 'entry';
  readonly effect: RuleEffect;
  /** On the path in small letters: of other files the rule is not asked. Without flags. */
  readonly paths?: RegExp;
  /** At least four characters, in whatever case, each a byte, or ANY_UNSEEN: of a file whose content
   * holds none of them the rule is not asked. It finds nothing there, and asking costs. */
  readonly words?: readonly string[];
  /** Of a file larger than a window it is asked about each window: what it looks for may stand
   * anywhere. */
  readonly everyWindow?: true;
  /** `mayHold` is false for those of `words` that the content does not hold; `placesOf` knows where
   * the others stand, in whatever case, or null where that was not kept. */
  check(
    entry: PackedEntry,
    artifact: ArtifactFacts,
    mayHold: (word: string) => boolean,
    placesOf: (word: string) => readonly number[] | null,
  ): Iterable<EntryProblem>;
  readonly examples: Examples<ArchiveEntry>;
}

/** Names what is odd about a container, the artifact itself or one inside of it; the readers in
 * formats/ find it. The effect of a finding is that of its code. */
export interface ContainerRule extends RuleText {
  readonly kind: 'container';
  /** The worst of `effects`. */
  readonly effect: Finding['effect'];
  readonly effects: Readonly<Partial<Record<OddityCode, Finding['effect']>>>;
  /** Containers, as they lie in an artifact. */
  readonly examples: Examples<Uint8Array>;
}

/** What has become of an artifact since the last version of its kind that was approved here. */
export interface ArtifactChange {
  readonly version: string;
  readonly before: ArtifactSummary;
  readonly difference: SummaryDifference;
}

/** One artifact after all its files were seen. `change` is null for a first release, and for a file
 * of no release; then only what a package may never hold is worth a hold. */
export interface ArtifactView {
  readonly artifact: ArtifactFacts;
  readonly tree: PackedTree;
  readonly change: ArtifactChange | null;
  /** Files of what upstream shows as newest and nobody approved, held against this one. */
  readonly upstream: readonly UpstreamChange[];
  /** The release that the artifact belongs to; null for a file of none. */
  readonly release: Pick<ReleaseContext, 'inputs' | 'policy'> | null;
  /** The other files of the same package version: a wheel beside an sdist. */
  readonly twins: readonly Omit<ArtifactView, 'twins'>[];
  /** What the commit holds; absent where nobody asked git. */
  readonly source?: ArtifactSource;
}

/** `path` is one in the artifact as packed; without it the finding is about the artifact's file.
 * `subject` tells two findings of one path apart. */
export interface ArtifactProblem extends Problem {
  readonly path?: string;
  readonly subject?: string;
}

/** Asks about all packed files together, and about what changed. */
export interface ArtifactRule extends RuleText {
  readonly kind: 'artifact';
  readonly effect: RuleEffect;
  check(view: ArtifactView): Iterable<ArtifactProblem>;
  readonly examples: Examples<ArtifactSample>;
}

/** Bytes around a keyword as text: one character for each byte, or for each unit of UTF-16. */
export interface SecretMatch {
  readonly text: string;
  readonly groups: Readonly<Record<string, string | undefined>>;
  /** Up to 256 characters on each side. */
  readonly before: string;
  readonly after: string;
  /** Up to 32,768 characters before; `isWhole` when the file begins there. It costs: for matches
   * that else hold a release. */
  passage(): { readonly text: string; readonly isWhole: boolean };
}

/** What a rule thinks of a match. `reason` is a clause of the rule's own words, never of the
 * matched text. Null: the text only looks alike. */
export interface SecretAnswer {
  readonly confidence: Confidence;
  readonly reason: string;
}

/** A sticky regular expression, or what acts as one. */
export interface SecretPattern {
  readonly source: string;
  readonly flags: string;
  lastIndex: number;
  exec(text: string): SecretPatternMatch | null;
  /** Whether all but the value fitted, the last time. */
  isNear?: boolean | undefined;
}

/** What a pattern matched, and its groups. */
export interface SecretPatternMatch {
  readonly 0: string;
  readonly groups?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Asks for a secret. The engine looks for `keywords` (exact bytes, at least four characters each)
 * and runs `pattern` once at each hit; so `pattern` is sticky, starts with a keyword, is linear,
 * and its group `prefix` is the part that may be shown.
 */
export interface SecretRule extends RuleText {
  readonly kind: 'secret';
  readonly category: 'secret';
  /** What the secret is, as the message begins: `npm access token`. */
  readonly title: string;
  readonly keywords: readonly string[];
  /** Capital and small letters of `keywords` are the same; `pattern` then has the flag `i`, or says
   * in itself which it wants. One keyword then stands for all its spellings. */
  readonly ignoreCase?: boolean;
  /** `verify` answers null for all that is glued to a letter or digit before it (`standsAlone`):
   * then the pattern need not be tried there. */
  readonly alone?: true;
  /** `pattern` fits only where sixteen characters of base64 or base64url or more follow the keyword:
   * elsewhere it is not tried. */
  readonly runsOn?: true;
  readonly pattern: SecretPattern;
  /** Whether anything may be found, by the bytes from `at` on, where the keyword ends; true where a
   * backslash decides. Saves making a text at each place of a frequent keyword. */
  mayFit?(content: Buffer, at: number): boolean;
  /** Longest text that `pattern` may see from the keyword on, in characters. */
  readonly reach: number;
  verify(match: SecretMatch): SecretAnswer | null;
  /** Knows a value by a common name alone: of two rules about one value the other is told. */
  readonly isGeneric?: boolean;
  /** Texts, put together when called, so that no file of ours holds one. */
  readonly examples: Examples<string>;
}

export type Rule = ReleaseRule | EntryRule | ArtifactRule | SecretRule | ContainerRule;

/** One example: a sentence and what makes it. */
interface Example<Subject> {
  readonly about: string;
  readonly make: () => Subject;
}

/** `bad`: the rule finds something that is no mere note. `noted`: it finds notes alone, close to
 * what is bad. `fine`: it finds nothing at all. */
interface Examples<Subject> {
  readonly bad: readonly Example<Subject>[];
  readonly noted?: readonly Example<Subject>[];
  readonly fine: readonly Example<Subject>[];
}
