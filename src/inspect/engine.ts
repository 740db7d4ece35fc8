/**
 * Runs the rules over a release and writes the report. Pure and byte-deterministic: no clock, no
 * host, and nothing depends on the order in which artifacts or entries come.
 */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { ArtifactReport, Confidence } from '../core/finding.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../core/inspection-limits.ts';
import type { InspectionInputs, InspectionReport } from '../core/manifest.ts';
import type { Policy } from '../core/policy.ts';
import type { SourceTree } from '../core/source-tree.ts';
import type { EcosystemRules } from '../ecosystem/ecosystem.ts';
import type { ArchiveEntry } from '../formats/archive-entry.ts';
import type { ArchiveOddity } from '../formats/archive-oddity.ts';
import { createTreeCollector, type TreeCollector } from './artifact/packed-tree.ts';
import { createEntryChoice, type EntryChoice } from './entry-choice.ts';
import { createFindingList, type FindingList, nameFailure } from './finding-list.ts';
import { artifactViews, type CollectedArtifact, sortByFile } from './release/artifact-views.ts';
import { composeArtifact, composeReport, createFingerprints } from './report-composition.ts';
import type {
  ArtifactFacts,
  ArtifactRule,
  ArtifactView,
  ContainerRule,
  EntryRule,
  ReleaseContext,
  ReleaseRule,
  Rule,
} from './rule.ts';
import { RULE_SET, RULES } from './rule-set.ts';
import { addSecrets } from './search/secret-findings.ts';
import { createSecretScanner, type FoundWords, type SecretScan } from './search/secret-scan.ts';
import { createTextPile, type TextPile } from './search/text-pile.ts';
import { createWindowSearch, type WindowSearch } from './search/window-scan.ts';
import { sourceView } from './source/source-view.ts';
import {
  type PackedEntry,
  type PackedPart,
  type UnpackedPart,
  unpack,
  wholePart,
} from './unpack/unpack.ts';
import { DEFAULT_UNPACK_LIMITS, type UnpackLimits, unpackLimits } from './unpack/unpack-limits.ts';

/** An artifact with its packed files. `entries` is walked once, one entry in memory at a time, and
 * containers among them are opened; what it throws becomes an unread part. */
export interface InspectedArtifact extends ArtifactFacts {
  readonly entries: AsyncIterable<PackedPart>;
}

/** What an inspection is made from. `ecosystems` throws for a name that it does not know. */
export interface InspectionInput {
  readonly inputs: InspectionInputs;
  readonly policy: Policy;
  readonly artifacts: readonly InspectedArtifact[];
  /** Those that `inputs.baselines` and `inputs.newest` name by digest; a missing one makes it
   * `indeterminate`. */
  readonly baselines?: readonly ArtifactSummary[];
  /** The tree that the source claim of `inputs` names; as with `baselines`. */
  readonly sourceTree?: SourceTree | null;
  readonly ecosystems: (name: string) => EcosystemRules;
}

/** A report with the summaries that it names by digest. */
export interface Inspection {
  readonly report: InspectionReport;
  readonly summaries: readonly ArtifactSummary[];
}

/** A file of no release: an archive with its entries, or a plain file as its own only entry, which may
 * be in memory. */
export interface LooseFile extends Pick<ArtifactFacts, 'file' | 'sha256' | 'sizeBytes'> {
  readonly form: 'archive' | 'plain';
  readonly entries: AsyncIterable<PackedPart> | ArchiveEntry;
  /** DEFAULT_UNPACK_LIMITS where it is absent. */
  readonly limits?: UnpackLimits;
}

/** An engine for one set of rules. */
export interface Inspector {
  /** The rules about packed files and secrets, and no others; secrets reject from `blockAt` on. */
  inspectFile(file: LooseFile, blockAt: Confidence): Promise<ArtifactReport>;
  /** Throws `malformed-document` when two artifacts have one file name; nothing else. */
  inspectRelease(input: InspectionInput): Promise<Inspection>;
}

/** `ruleSet` is the version that reports carry. */
export function createInspector(rules: readonly Rule[], ruleSet: string): Inspector {
  const releaseRules = rules.filter((rule) => rule.kind === 'release');
  const entryRules = rules.filter((rule) => rule.kind === 'entry');
  const artifactRules = rules.filter((rule) => rule.kind === 'artifact');
  const containerRules = rules.filter((rule) => rule.kind === 'container');
  const choice = createEntryChoice(entryRules);
  const scan = createSecretScanner(
    rules.filter((rule) => rule.kind === 'secret'),
    choice.words,
  );
  return {
    async inspectFile({ form, entries, limits = DEFAULT_UNPACK_LIMITS, ...file }, blockAt) {
      const list = createFindingList(file.file);
      const artifact = { ...OF_NO_RELEASE, ...file };
      const locate = form === 'plain' ? (_: string, inner: string) => inner : locateInside;
      // RECORD alone asks for digests, and only a file of this name is installed as a wheel
      const digests = file.file.endsWith('.whl');
      const searchesPaths = form === 'archive';
      // a file that lies in no package has neither others beside it nor a packed mode
      const collector = searchesPaths
        ? createTreeCollector({ ...artifact, digests, capabilities: false })
        : null;
      const options = { locate, collector, limits, digests, searchesPaths };
      const checks = { choice, containerRules, scan, blockAt, ...options };
      const isComplete = await readArtifact({ ...artifact, entries }, checks, list);
      if (isComplete && collector !== null) {
        const tree = collector.tree();
        const view = { artifact, tree, change: null, upstream: [], release: null, twins: [] };
        askArtifact(artifactRules, view, list);
      }
      return composeArtifact(artifact, list, createFingerprints(), `file:${file.file}`);
    },
    async inspectRelease({ inputs, policy, artifacts, ecosystems, ...named }) {
      const { baselines = [], sourceTree = null } = named;
      const sorted = sortByFile(artifacts);
      const lists = new Map(sorted.map(({ file }) => [file, createFindingList(file)]));
      const ofRelease = createFindingList(null);
      const facts = sorted.map(({ entries: _, ...rest }): ArtifactFacts => rest);
      const context: ReleaseContext = { inputs, policy, artifacts: facts, ecosystems };
      for (const rule of releaseRules) askRelease(rule, context, ofRelease, lists);
      const blockAt = policy.block.secrets;
      const limits = unpackLimits(policy.inspection ?? DEFAULT_INSPECTION_LIMITS);
      const checks = {
        choice,
        containerRules,
        scan,
        blockAt,
        locate: locateInside,
        limits,
        digests: true,
        searchesPaths: true,
      };
      const collected: CollectedArtifact[] = [];
      for (const { entries, ...artifact } of sorted) {
        const list = lists.get(artifact.file) ?? ofRelease;
        const collector = createTreeCollector({ ...artifact, digests: true, capabilities: true });
        if (!(await readArtifact({ ...artifact, entries }, { ...checks, collector }, list)))
          continue;
        collected.push({ artifact, tree: collector.tree() });
      }
      const { views, summaries, missing } = artifactViews(collected, context, baselines);
      const sources = sourceView(inputs, sourceTree);
      for (const view of sources.beside(views)) {
        askArtifact(artifactRules, view, lists.get(view.artifact.file) ?? ofRelease);
      }
      const gaps = [...missing, ...sources.missing(views)];
      for (const { file, reason } of gaps) lists.get(file)?.addUnread(file, reason);
      const report = composeReport(inputs, ruleSet, sorted, ofRelease, lists, summaries);
      return { report, summaries };
    },
  };
}

const OF_NO_RELEASE = {
  ecosystem: 'none',
  package: '',
  version: '',
  kind: 'file',
  description: null,
  unreadable: 'it belongs to no release',
} as const;

const inspector = createInspector(RULES, RULE_SET);

/** Inspects a release with the rules of RULE_SET. Throws as `Inspector.inspectRelease` says. */
export function inspectRelease(input: InspectionInput): Promise<Inspection> {
  return inspector.inspectRelease(input);
}

/** Inspects one file with the rules of RULE_SET that need no release. Never throws. */
export function inspectFile(file: LooseFile, blockAt: Confidence): Promise<ArtifactReport> {
  return inspector.inspectFile(file, blockAt);
}

function askRelease(
  rule: ReleaseRule,
  context: ReleaseContext,
  ofRelease: FindingList,
  lists: ReadonlyMap<string, FindingList>,
): void {
  try {
    for (const problem of rule.check(context)) {
      const { subject, file } = problem;
      const list = file === undefined ? undefined : lists.get(file);
      if (list === undefined) {
        ofRelease.add(rule, rule.effect, problem, { subject, path: null });
      } else {
        list.add(rule, rule.effect, problem, { subject, path: file ?? null });
      }
    }
  } catch (error) {
    ofRelease.addFailure(rule, 'release', error);
  }
}

interface EntryChecks {
  readonly choice: EntryChoice;
  readonly digests: boolean;
  readonly containerRules: readonly ContainerRule[];
  readonly scan: (content: Uint8Array) => SecretScan;
  readonly blockAt: Confidence;
  /** The path that a finding shows, from the artifact's file and the path in it. */
  readonly locate: (file: string, inner: string) => string;
  readonly collector: TreeCollector | null;
  readonly limits: UnpackLimits;
  /** Not of files of a folder, whose paths are the machine's. */
  readonly searchesPaths: boolean;
}

function locateInside(file: string, inner: string): string {
  return `${file}!${inner}`;
}

/** Whether all of it was read: rules about the whole say nothing about a part. */
async function readArtifact(
  artifact: Omit<InspectedArtifact, 'entries'> & Pick<LooseFile, 'entries'>,
  checks: EntryChecks,
  list: FindingList,
): Promise<boolean> {
  const { entries, ...facts } = artifact;
  const windows = createWindowSearch(checks.scan);
  const pile = createTextPile(checks.scan, ({ inner, what }, found) => {
    const path = inner === '' ? facts.file : checks.locate(facts.file, inner);
    addSecrets({ list, blockAt: checks.blockAt, inner, path, what }, found);
  });
  const partChecks = { ...checks, facts, windows, list, pile };
  let isComplete = true;
  try {
    const isStream = Symbol.asyncIterator in entries;
    const whole = isStream ? null : wholePart(entries, checks.limits);
    if (whole !== null) {
      takePart(whole, partChecks);
      return true;
    }
    const parts = isStream ? entries : onlyPart(entries);
    for await (const part of unpack(parts, checks.limits, checks.digests)) {
      if (part.kind === 'unread' && part.isOwn) isComplete = false;
      takePart(part, partChecks);
    }
    return isComplete;
  } catch (error) {
    // what was read so far stays in the report; the rest is unread, so the verdict cannot pass
    list.addUnread(artifact.file, `its files cannot be read: ${nameFailure(error)}`);
    return false;
  } finally {
    pile.flush();
  }
}

async function* onlyPart(part: ArchiveEntry): AsyncGenerator<PackedPart> {
  yield part;
}

interface PartChecks extends EntryChecks {
  readonly facts: ArtifactFacts;
  readonly windows: WindowSearch;
  readonly list: FindingList;
  /** Paths, and what containers hold beside their files. */
  readonly pile: TextPile;
}

function takePart(part: UnpackedPart, checks: PartChecks): void {
  const { facts, list, locate } = checks;
  switch (part.kind) {
    case 'entry': {
      const { entry, outer } = part;
      const inner = `${outer}${entry.path}`;
      let present = checks.windows.wordsOf(inner);
      if (part.scan && entry.kind === 'file') {
        const found = checks.scan(entry.content);
        present = found.words;
        takeSecrets(checks, inner, found);
      } else if (entry.linkTarget !== undefined) {
        takeSecrets(checks, inner, checks.scan(Buffer.from(entry.linkTarget)));
      }
      askEntryRules(part, present, checks);
      if (checks.searchesPaths) {
        const place = { inner: outer.slice(0, -1), what: 'the path of a packed file' };
        checks.pile.add(place, Buffer.from(entry.path));
      }
      if (entry.within === undefined) checks.collector?.add(entry);
      return;
    }
    case 'window':
      takeWindow(part, checks);
      return;
    case 'odd':
      takeOddity(part.oddity, part.outer, checks);
      return;
    case 'unread':
      list.addUnread(locate(facts.file, part.path), part.reason);
      return;
  }
}

function takeSecrets(
  { blockAt, locate, facts, list }: PartChecks,
  inner: string,
  found: SecretScan,
): void {
  addSecrets({ list, blockAt, inner, path: locate(facts.file, inner) }, found);
}

/** The first window is asked about as the entry. */
function takeWindow(part: Extract<UnpackedPart, { kind: 'window' }>, checks: PartChecks): void {
  const { outer, path, content, offset } = part;
  const inner = `${outer}${path}`;
  const found = checks.windows.search(inner, part);
  takeSecrets(checks, inner, found);
  if (outer === '') checks.collector?.addWindow(part);
  if (offset === 0) return;
  const entry = { path, kind: 'file', mode: 0o644, sizeBytes: content.length, content } as const;
  askEntryRules({ entry, outer, from: offset }, found.words, checks);
}

/** Without a path it is about the container, or the artifact itself. */
function takeOddity(oddity: ArchiveOddity, outer: string, checks: PartChecks): void {
  const { facts, list, locate, containerRules } = checks;
  const inner = oddity.path === undefined ? outer.slice(0, -1) : `${outer}${oddity.path}`;
  if (oddity.content !== undefined) {
    const what = `${oddity.problem} (${oddity.where})`;
    checks.pile.add({ inner, what }, oddity.content);
    return;
  }
  const path = inner === '' ? facts.file : locate(facts.file, inner);
  const message = `${oddity.where}: ${oddity.problem}`;
  for (const rule of containerRules) {
    const effect = rule.effects[oddity.code];
    if (effect === undefined) continue;
    const severity = effect === 'note' ? 'info' : rule.severity;
    list.add(rule, effect, { message, severity }, { subject: inner, path });
  }
}

function askArtifact(rules: readonly ArtifactRule[], view: ArtifactView, list: FindingList): void {
  const { file } = view.artifact;
  for (const rule of rules) {
    try {
      for (const problem of rule.check(view)) {
        const { path } = problem;
        const subject = problem.subject ?? path ?? '';
        list.add(rule, rule.effect, problem, {
          subject,
          path: path === undefined ? file : locateInside(file, path),
        });
      }
    } catch (error) {
      list.addFailure(rule, file, error);
    }
  }
}

/** A packed file, or a later window of one. */
interface AskedEntry {
  readonly entry: PackedEntry;
  readonly outer: string;
  /** Where in the file the content begins; absent at 0. */
  readonly from?: number;
}

/** Asks the rules about packed files; about a later window only those that look at all of a file. */
function askEntryRules(asked: AskedEntry, present: FoundWords | null, checks: PartChecks): void {
  const { choice } = checks;
  const rules = choice.choose(asked.entry.path, present);
  const read = { ...asked, mayHold: choice.mayHold(present), placesOf: choice.placesOf(present) };
  for (const rule of rules) {
    if (asked.from === undefined || rule.everyWindow === true) askEntry(rule, read, checks);
  }
}

/** With what is known of the words that its content holds. */
interface ReadEntry extends AskedEntry {
  readonly mayHold: (word: string) => boolean;
  readonly placesOf: (word: string) => readonly number[] | null;
}

function askEntry(
  rule: EntryRule,
  { entry, outer, mayHold, placesOf, from }: ReadEntry,
  { facts, locate, list }: PartChecks,
): void {
  try {
    for (const problem of rule.check(entry, facts, mayHold, placesOf)) {
      const inner = `${outer}${problem.path ?? entry.path}`;
      const path = locate(facts.file, inner);
      const where =
        from === undefined ? '' : `; lines and bytes are counted from byte ${from} of the file`;
      const told = { ...problem, message: `${problem.message}${where}` };
      list.add(rule, rule.effect, told, { subject: inner, path });
    }
  } catch (error) {
    list.addFailure(rule, locate(facts.file, `${outer}${entry.path}`), error);
  }
}
