/** Lines as Python takes them, which end at more than line feeds. */

/** Where `str.splitlines` ends a line (Python's library reference, "str.splitlines"). */
const ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** The lines of a text as `str.splitlines` gives them, but for a last empty one. */
export function pythonLines(text: string): readonly string[] {
  return text.split(ENDS);
}

/** What `str.strip` takes away; a loop, since a pattern at the end of a text costs its square. */
export function pythonStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  if (code < 0x80)
    return code === 0x20 || (code >= 9 && code <= 13) || (code >= 0x1c && code < 0x20);
  return code === 0x85 || (code !== 0xfeff && /\s/.test(String.fromCharCode(code)));
}
