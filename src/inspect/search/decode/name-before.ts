/** The name that an expression gives its value to, so that rules by name see it beside what was decoded. */

/** Bytes before an expression that may name what it is. */
const REACH = 120;

/** What stands up to the sign that gives the value to a name, and nothing but a call behind it. */
const NAMED = /^[\s\S]*[=:](?=[ \t\r\n]{0,20}[\w.$ ([{\]"'`]{0,40}$)/;

/** The text before `start` that ends with such a sign; empty where there is none. */
export function nameBefore(content: Buffer, start: number): string {
  const before = content.toString('latin1', Math.max(0, start - REACH), start);
  return NAMED.exec(before)?.[0] ?? '';
}
