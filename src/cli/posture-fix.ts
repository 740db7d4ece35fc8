/** Mends what rules can mend: in memory until nothing is left to do, then all files at once. */
import { CountersignError } from '../core/errors.ts';
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
  /** Those that were not agreed to. */
  readonly declined: readonly Fix[];
}

/**
 * Fixes all that `accept` agrees to; it is asked once for each fix. Writes nothing. Throws
 * `internal` where a fix would leave a file that cannot be read: then none is done.
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
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const audit = auditRepository({ ...inputs, files }, rules);
    refuseUnreadable(inputs, audit);
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
    if (done.applied.length === 0) break;
    applied.push(...done.applied);
    files = merge(files, done.files, done.modes);
  }
  return { changed: changedFiles(inputs.files, files), applied, declined: [...declined.values()] };
}

/** Offsets move from round to round; what is asked does not. */
function keyOf(fix: Fix): string {
  return JSON.stringify([fix.about, fix.edits.map((edit) => edit.path)]);
}

function refuseUnreadable(inputs: AuditInputs, audit: Audit): void {
  const before = new Map(inputs.files.map((file) => [file.path, file.text]));
  for (const { source } of audit.context.unread) {
    if (source === null || before.get(source.path) === source.text) continue;
    throw new CountersignError(
      'internal',
      `a fix left ${source.path} unreadable; nothing was written`,
      {
        hint: 'please report this, with the file; leave --fix out until then',
      },
    );
  }
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
  const known = new Set(files.map((file) => file.path));
  const created = Object.entries(texts).filter(([path]) => !known.has(path));
  return [
    ...files.map((file) => ({
      ...file,
      text: file.text === null ? null : (texts[file.path] ?? file.text),
      mode: modes.get(file.path) ?? file.mode,
    })),
    ...created.map(
      ([path, text]): RepositoryFile => ({ path, text, mode: '100644', hasShebang: false }),
    ),
  ];
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
