/** Whether a place of a text lies in a part of it that is written for readers, not for a machine. */

/** A fence of Markdown, also in a comment, and where a source map writes ends of lines as escapes;
 * the group is what follows the fence, such as the language. */
const FENCE = /(?:^|\n|\\n)[ \t]{0,80}(?:\*|\/{2,3}!?|#)?[ \t]{0,80}(?:`{3}|~{3})([^\n`\\]{0,40})/g;
/** A line of a comment of documentation: ` * ` as JSDoc and Javadoc have it. */
const COMMENT_LINE = /^(?:[ \t]|\\t){0,80}\*(?:[ \t]|\\t)/;
/** A line of a comment of a program, and what follows its sign. */
const REMARK_LINE = /^[ \t]{0,80}(#|\/\/)(.*)$/;
/** A line that opens a value of JSON, and one that begins with a name or text of it. */
const JSON_START = /^\s{0,80}(?:\[?\{|\[)\s{0,80}$/;
const JSON_NAME = /^\s{1,80}"/;
/** A literal block of reStructuredText begins after two colons and an empty line. */
const LITERAL = '::';
const LITERAL_START = /^::[ \t]*\r?\n[ \t]*\r?\n/;
/** What stands on a line before the quotes of a manual: nothing, or the name of one. */
const MANUAL_NAME = /^(?:[A-Z_]{0,20}(?:EXAMPLES?|DOCUMENTATION|RETURN|USAGE|HELP)\s{0,4}=\s{0,4})/;
const EXAMPLE_KEY = /\bexamples?["']?:[ \t]*[|>]?[-+]?[ \t]*\r?\n/i;
const EXAMPLE_LINE = /^[ \t-]*["']?examples?["']?:[ \t]*[|>]?[-+]?[ \t]*\r?$/i;
const DEFINES = /:[ \t]*(?:#[^\n]*)?\r?\n$/;
/** An attribute with its type (PEP 526), above which stands nothing or another text. */
const DECLARES = /(?:^|\n)[ \t]+[A-Za-z_]\w{0,80}: [^\n]{0,160}[^\s,([{\\]\r?\n$/;
const QUOTES = ['"""', "'''"] as const;

/**
 * Whether the text that follows `earlier` stands in a manual: in a fence of Markdown, a literal
 * block of reStructuredText, a comment of documentation, an answer in JSON that a comment quotes,
 * below a key `example` of YAML, or in a docstring of Python or the string of another manual.
 * `isWhole`: `earlier` begins where the file does.
 */
export function isInManual(earlier: string, isWhole: boolean): boolean {
  return (
    isInComment(earlier) ||
    isInQuotedAnswer(earlier) ||
    isInFence(earlier, isWhole) ||
    isInLiteral(earlier) ||
    isBelowExample(earlier) ||
    isInDocstring(earlier, isWhole)
  );
}

/** What stands before on the same line, or in a string since the last escape of an end of line,
 * begins as such a line does, and the comment is not closed yet. */
function isInComment(earlier: string): boolean {
  if (earlier.lastIndexOf('/**') <= earlier.lastIndexOf('*/')) return false;
  const line = earlier.slice(earlier.lastIndexOf('\n') + 1);
  const end = line.lastIndexOf('\\n');
  return COMMENT_LINE.test(end === -1 ? line : line.slice(end + 2));
}

/** Comments of whole lines back to one that opens a value of JSON, and nothing else: what a service
 * answers, not code that was commented out. */
function isInQuotedAnswer(earlier: string): boolean {
  const lines = earlier.split('\n');
  const [, sign, rest = ''] = REMARK_LINE.exec(lines.pop() ?? '') ?? [];
  if (sign === undefined || !JSON_NAME.test(rest)) return false;
  for (const line of lines.reverse()) {
    const [, other, text = ''] = REMARK_LINE.exec(line.replace(/\r$/, '')) ?? [];
    if (other !== sign) return false;
    if (JSON_START.test(text)) return true;
  }
  return false;
}

/** The last fence names a language, or is one that opens by the count of them all. */
function isInFence(earlier: string, isWhole: boolean): boolean {
  if (!earlier.includes('```') && !earlier.includes('~~~')) return false;
  const fences = [...earlier.matchAll(FENCE)].map(([, language = '']) => language.trim());
  const last = fences.at(-1);
  if (last === undefined || last !== '') return last !== undefined;
  return isWhole && fences.length % 2 === 1 && (fences.at(-2) ?? '') === '';
}

/** Every line since the colons is empty or further in than theirs. */
function isInLiteral(earlier: string): boolean {
  const at = earlier.lastIndexOf(LITERAL);
  if (at === -1) return false;
  const block = earlier.slice(at);
  const start = LITERAL_START.exec(block);
  if (start === null) return false;
  const indent = indentOf(earlier.slice(earlier.lastIndexOf('\n', at) + 1, at));
  const lines = block.slice(start[0].length).split('\n');
  return lines.every((line) => line.trim() === '' || indentOf(line) > indent);
}

/** One of the keys that the line stands below is `example` or `examples`, as in OpenAPI, or
 * `EXAMPLES` of a text, as where manuals of Ansible stand in files of their own. */
function isBelowExample(earlier: string): boolean {
  if (!EXAMPLE_KEY.test(earlier)) return false;
  const lines = earlier.split('\n');
  let indent = indentOf(`${lines.pop() ?? ''}.`);
  for (const line of lines.reverse()) {
    if (line.trim() === '' || indentOf(line) >= indent) continue;
    if (EXAMPLE_LINE.test(line)) return true;
    indent = indentOf(line);
  }
  return false;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function isInDocstring(earlier: string, isWhole: boolean): boolean {
  const [double = -1, single = -1] = QUOTES.map((quotes) => earlier.lastIndexOf(quotes));
  const at = Math.max(double, single);
  if (at === -1) return false;
  const quotes = double > single ? QUOTES[0] : QUOTES[1];
  // an even count of them closes; from the middle of a file on nothing can be counted
  if (isWhole && earlier.split(quotes).length % 2 === 1) return false;
  const lineStart = earlier.lastIndexOf('\n', at - 1) + 1;
  const line = earlier
    .slice(lineStart, at)
    .trim()
    .replace(/[rRuU]$/, '');
  if (line !== '') return MANUAL_NAME.test(line);
  // of a module, of what a line with a colon at its end defines, or of an attribute
  const above = earlier.slice(0, lineStart).slice(-200);
  return (isWhole && lineStart === 0) || DEFINES.test(above) || DECLARES.test(above);
}
