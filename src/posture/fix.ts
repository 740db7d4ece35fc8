/** Fixes become new texts: smallest edits, from the end of a file to its start. */
import type { Fix, TextEdit } from './rule.ts';

/** Fixes that wanted to change what another one had changed are not applied; a second run does them. */
export interface FixedFiles {
  readonly files: Readonly<Record<string, string>>;
  readonly modes: ReadonlyMap<string, '100644' | '100755'>;
  readonly applied: readonly Fix[];
}

/** The texts after all fixes that do not meet. A fix is done whole or not at all. */
export function applyFixes(
  texts: Readonly<Record<string, string>>,
  fixes: readonly Fix[],
): FixedFiles {
  const edits: TextEdit[] = [];
  const modes = new Map<string, '100644' | '100755'>();
  const files: Record<string, string> = { ...texts };
  const applied: Fix[] = [];
  // findings of one step may share a fix
  for (const fix of new Set(fixes)) {
    const own = fix.edits.filter((edit) => edit.kind === 'text');
    const isNew = own.filter((edit) => !edits.some((other) => isSame(edit, other)));
    if (isNew.some((edit) => edits.some((other) => meets(edit, other)))) continue;
    edits.push(...isNew);
    for (const edit of fix.edits) {
      if (edit.kind === 'mode') modes.set(edit.path, edit.mode);
    }
    applied.push(fix);
  }
  for (const [path, own] of Map.groupBy(edits, (edit) => edit.path)) {
    const text = files[path];
    if (text !== undefined) files[path] = applyEdits(text, own);
  }
  return { files, modes, applied };
}

/** Two jobs of one file may want the same line added at the same place. */
function isSame(left: TextEdit, right: TextEdit): boolean {
  return (
    left.path === right.path &&
    left.start === right.start &&
    left.end === right.end &&
    left.text === right.text
  );
}

function meets(left: TextEdit, right: TextEdit): boolean {
  if (left.path !== right.path) return false;
  if (left.start === right.start) return true;
  return left.start < right.end && right.start < left.end;
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let fixed = text;
  for (const { start, end, text: replacement } of edits.toSorted((a, b) => b.start - a.start)) {
    fixed = fixed.slice(0, start) + replacement + fixed.slice(end);
  }
  return fixed;
}
