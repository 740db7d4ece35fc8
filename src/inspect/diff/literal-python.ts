/** Python that only gives names to values, as files of versions do. */

/** Strings, but for those with fields, and comments. */
const STRING =
  /(?<![\w"'\\])[rbuRBU]{0,2}(?:"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')/g;
const COMMENT = /#[^\n]*/g;
/** Imports that give types their names. */
const OF_TYPES = /^[ \t]*from[ \t]+(?:__future__|typing)[ \t]+import[ \t]+[\w, \t()]+$/;
/** What a version is put together with. */
const JOINED = /""\.join\((?:map\(str,\s*\w+\)|\[?str\(\w+\) for \w+ in \w+\]?)\)/g;
const WORD = /[A-Za-z_]\w*/g;
const VALUES =
  /^(?:True|False|None|object|_*(?:version|VERSION|tuple|Tuple|Union|TYPE|COMMIT|author|title)\w*|int|str)$/;
const TARGET = /^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=(?!=)/;
const PLAIN = /^[\w \t"'.,:|+%/[\](){}=-]*$/;
const CALL = /[\w\])"'}][ \t]*\(/;

/** Whether nothing in it calls, loads or defines anything: each line is a value under a name, a string,
 * or a condition for types. False where that is not plain. */
export function isLiteralPython(text: string): boolean {
  const bare = text.replaceAll(STRING, '""').replaceAll(COMMENT, '').replaceAll(JOINED, '""');
  const known = new Set<string>();
  return bare.split(/\r?\n/).every((line) => isLiteralLine(line, known));
}

function isLiteralLine(line: string, known: Set<string>): boolean {
  if (/^[ \t]*$/.test(line) || OF_TYPES.test(line)) return true;
  if (/^[ \t]*(?:if TYPE_CHECKING|else):[ \t]*$/.test(line)) return true;
  if (!PLAIN.test(line) || CALL.test(line)) return false;
  let rest = line;
  const targets: string[] = [];
  for (let target = TARGET.exec(rest); target !== null; target = TARGET.exec(rest)) {
    targets.push(target[1] ?? '');
    rest = rest.slice(target[0].length);
  }
  // a name of Python's own would be another for whoever runs the file
  const isPlain = (rest.match(WORD) ?? []).every((word) => known.has(word) || VALUES.test(word));
  for (const one of targets) known.add(one);
  return isPlain;
}
