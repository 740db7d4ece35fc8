/** Edits of `uses`: a commit in place of a tag, and the comment that says which tag that was. */
import type { FileEdit, TextEdit } from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import type { Uses } from '../workflow.ts';

const VERSION_WORD =
  /^(?:tag\s*[=:]\s*)?(v?[0-9]+(?:\.[0-9]+)*(?:[-+.][0-9A-Za-z.-]+)?)(?=$|[\s,;])/;

/** The version that the comment behind a pin begins with, such as `v4.1.2`; null for none. */
export function commentVersion(uses: Uses): string | null {
  return VERSION_WORD.exec(uses.comment)?.[1] ?? null;
}

/** Puts `ref` in place of the written one, and `tag` into the comment. None where it finds no place. */
export function pinEdits(
  source: SourceText,
  uses: Uses,
  pin: { readonly commit: string; readonly tag: string },
): readonly FileEdit[] {
  const { span } = uses.scalar;
  const written = source.text.slice(span.start, span.end);
  const at = written.indexOf('@');
  const ref = uses.reference.kind === 'repository' ? uses.reference.ref : null;
  if (ref === null || at === -1 || !written.startsWith(ref, at + 1)) return [];
  const start = span.start + at + 1;
  const edit: TextEdit = {
    kind: 'text',
    path: source.path,
    start,
    end: start + ref.length,
    text: pin.commit,
  };
  const comment = commentEdit(source, uses, pin.tag);
  if (comment === null) return [edit];
  if (comment.start >= span.end) return [edit, comment];
  const quote = source.text.slice(edit.end, span.end);
  return [{ ...edit, end: comment.end, text: `${pin.commit}${quote}${comment.text.slice(1)}` }];
}

/** Makes the comment begin with `tag`; null where it does, or where the line has no room for one. */
export function commentEdit(source: SourceText, uses: Uses, tag: string): TextEdit | null {
  if (tag === '' || commentVersion(uses) === tag) return null;
  const lineEnd = source.lineEnd(uses.scalar.span.end);
  const behind = source.text.slice(uses.scalar.span.end, lineEnd);
  const path = source.path;
  if (/^\s*$/.test(behind)) {
    // from the last character on, so that another fix may add a line after it
    const start = uses.scalar.span.end - 1;
    const text = `${source.text[start] ?? ''} # ${tag}`;
    return { kind: 'text', path, start, end: lineEnd, text };
  }
  const sign = /^\s+#\s*/.exec(behind);
  if (sign === null) return null;
  const start = uses.scalar.span.end + sign[0].length;
  const version = VERSION_WORD.exec(behind.slice(sign[0].length));
  if (version === null) return { kind: 'text', path, start, end: start, text: `${tag} ` };
  const from = start + version[0].length - (version[1]?.length ?? 0);
  return { kind: 'text', path, start: from, end: start + version[0].length, text: tag };
}
