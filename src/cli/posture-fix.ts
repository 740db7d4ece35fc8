/** Mends what rules can mend: in memory until nothing is left to do, then all files at once. */
import { type Audit, auditRepository } from '../posture/audit.ts';
import { applyFixes } from '../posture/fix.ts';
import type { AuditInputs, RepositoryFile } from '../posture/repository.ts';
import type { Fix, PostureRule } from '../posture/rule.ts';

/** A fix may give another one its place; each round does at least one, or it is the last. */
const ROUNDS_MAX = 20;

export interface FixOutcome {
  /** Files with another text or mode than before, as they shall be. */
  readonly changed: readonly RepositoryFile[];
  readonly applied: readonly Fix[];
  /** Those that were not agreed to, and those that would have broken their file. */
  readonly declined: readonly Fix[];
}

/**
 * Fixes all that `accept` agrees to; it is asked once for each fix. Writes nothing. A fix that would
 * leave a file unreadable is not done.
 */
export async function fixRepository(
  inputs: AuditInputs,
  rules: readonly PostureRule[],
  accept: (fix: Fix) => Promise<boolean>,
): Promise<FixOutcome> {
  const applied: Fix[] = [];
  const declined = new Map<string, Fix>();
  const agreed = new Set<string>();
  let files = inputs.files;
  let audit = auditRepository(inputs, rules);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const wanted: Fix[] = [];
    for (const fix of audit.fixes.values()) {
      const key = keyOf(fix);
      if (declined.has(key)) continue;
      if (!fix.changesBehaviour || agreed.has(key) || (await accept(fix))) {
        agreed.add(key);
        wanted.push(fix);
      } else declined.set(key, fix);
    }
    if (wanted.length === 0) break;
    const done = applyFixes(textsOf(files), wanted);
    const next = merge(files, done.files, done.modes);
    const nextAudit = auditRepository({ ...inputs, files: next }, rules);
    const broken = newlyUnreadable(audit, nextAudit);
    const breaking = wanted.filter((fix) => fix.edits.some((edit) => broken.has(edit.path)));
    if (breaking.length > 0) {
      // whose fault it was is not known: all of that file are left, and the others are done again
      for (const fix of breaking) declined.set(keyOf(fix), fix);
      continue;
    }
    if (done.applied.length === 0) break;
    applied.push(...done.applied);
    files = next;
    audit = nextAudit;
  }
  return { changed: changedFiles(inputs.files, files), applied, declined: [...declined.values()] };
}

/** Offsets move from round to round; what is asked does not. */
function keyOf(fix: Fix): string {
  return JSON.stringify([fix.about, fix.edits.map((edit) => edit.path)]);
}

function newlyUnreadable(before: Audit, after: Audit): ReadonlySet<string> {
  const known = new Set(before.context.unread.map(({ source }) => source?.path));
  const paths = after.context.unread.flatMap(({ source }) =>
    source === null ? [] : [source.path],
  );
  return new Set(paths.filter((path) => !known.has(path)));
}

function textsOf(files: readonly RepositoryFile[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    files.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as const])),
  );
}

function merge(
  files: readonly RepositoryFile[],
  texts: Readonly<Record<string, string>>,
  modes: ReadonlyMap<string, RepositoryFile['mode']>,
): readonly RepositoryFile[] {
  return files.map((file) => ({
    ...file,
    text: file.text === null ? null : (texts[file.path] ?? file.text),
    mode: modes.get(file.path) ?? file.mode,
  }));
}

function changedFiles(
  before: readonly RepositoryFile[],
  after: readonly RepositoryFile[],
): readonly RepositoryFile[] {
  const old = new Map(before.map((file) => [file.path, file]));
  return after.filter((file) => {
    const was = old.get(file.path);
    return was?.text !== file.text || was.mode !== file.mode;
  });
}
