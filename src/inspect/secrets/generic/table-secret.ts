import type { SecretMatch, SecretPattern, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue } from '../generic-value.ts';
import { spellings } from '../name-spelling.ts';
import { run, sampleOf } from '../token-form.ts';

/** Headings of columns with secrets, in small letters with `_` between the words. */
const WORDS = [
  ...['api_key', 'access_key', 'secret_key', 'auth_key', 'service_key', 'encryption_key'],
  ...['access_token', 'api_token', 'auth_token', 'refresh_token', 'bearer_token', 'bot_token'],
  ...['client_secret', 'api_secret', 'app_secret', 'password', 'passwd', 'secret'],
];
const HEADINGS = WORDS.flatMap((word) => [...spellings(word), word.replaceAll('_', ' ')]);
/** Keywords in small letters, without what another one holds. */
const KEYWORDS = [...new Set(HEADINGS.map((one) => one.toLowerCase()))];

/** Characters of a table that are looked at from the heading on. */
const REACH = 900;
/** Rows below the heading that are looked at. */
const ROWS = 4;
/** Most columns; what has more holds other things than accounts. */
const COLUMNS = 24;
const LEAST = 16;

const DELIMITERS = [',', '\t', ';', '|'];
/** What a name may go on with, and how a cell may end. */
const REST_OF_NAME = /^[A-Za-z0-9_ .-]{0,32}["'`* ]{0,4}/;
/** Under the headings of a table of Markdown. */
const RULER = /^[ \t]*\|?[ \t]*:?-{2,}/;
const VALUE = /^[A-Za-z0-9+/=_.~!@#%^*?$:-]+$/;

/** A cell of a row, and where it begins in the text that the row is of. */
interface Cell {
  readonly text: string;
  readonly start: number;
}

function bareCell(row: string, from: number, to: number): Cell {
  const raw = row.slice(from, to);
  const lead = /^[ \t"'`*]*/.exec(raw)?.[0].length ?? 0;
  return { text: raw.slice(lead).replace(/[ \t"'`*\r]+$/, ''), start: from + lead };
}

function cellsOf(row: string, delimiter: string): readonly Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  for (let at = row.indexOf(delimiter); at !== -1; at = row.indexOf(delimiter, from)) {
    cells.push(bareCell(row, from, at));
    from = at + 1;
  }
  return [...cells, bareCell(row, from, row.length)];
}

/** A value, how its name goes on, and how many cells the row of the heading must have with it; null
 * where the value stands beside its name. */
interface Found {
  readonly value: Cell;
  readonly name: string;
  readonly columns: number | null;
}

/** Behind the names of columns in a dump of SQL: where the first row begins. */
const SQL_ROW = /^([^()\r\n]{0,300})\)\s{0,20}(FROM stdin;\r?\n|VALUES\s{0,20}\()/i;

/** The value beside a name in a row of two cells, or under it in its column, counted from the end of
 * the line. */
function cellAfter(text: string): Found | null {
  const name = REST_OF_NAME.exec(text)?.[0] ?? '';
  const rest = text.slice(name.length);
  const [lead, between = '', verb = ''] = SQL_ROW.exec(rest) ?? [];
  if (lead !== undefined) {
    const isCopy = verb.startsWith('F') || verb.startsWith('f');
    const start = name.length + lead.length;
    const end = text.slice(start).search(isCopy ? /[\r\n]|$/ : /\)|$/);
    const row = cellsOf(text.slice(start, start + end), isCopy ? '\t' : ',');
    return found(row.at(-1 - between.split(',').length + 1), start, name, row.length);
  }
  const [line = ''] = rest.split(/\r?\n/, 1);
  if (line === '') return firstFound(DELIMITERS, (one) => cellBelow(text, one, name, 0));
  const delimiter = DELIMITERS.find((one) => line.startsWith(one));
  if (delimiter === undefined) return null;
  const later = cellsOf(line.slice(1), delimiter);
  const others = later.slice(1).filter((cell) => cell.text !== '');
  const beside = others.length === 0 ? found(later[0], name.length + 1, name, null) : null;
  return beside ?? cellBelow(text, delimiter, name, later.length);
}

function found(
  cell: Cell | undefined,
  from: number,
  name: string,
  columns: number | null,
): Found | null {
  if (cell === undefined || !isValue(cell)) return null;
  return { value: { ...cell, start: from + cell.start }, name, columns };
}

function firstFound<T>(all: readonly T[], find: (one: T) => Found | null): Found | null {
  for (const one of all) {
    const known = find(one);
    if (known !== null) return known;
  }
  return null;
}

/** In the first rows below a heading that `after` more follow. */
function cellBelow(text: string, delimiter: string, name: string, after: number): Found | null {
  let start = text.indexOf('\n') + 1;
  for (let row = 0; start > 0 && row < ROWS; row += 1) {
    const [line = ''] = text.slice(start).split('\n', 1);
    const cells = cellsOf(line, delimiter);
    if (!RULER.test(line)) {
      if (cells.length < 2 || cells.length > COLUMNS) return null;
      const known = found(cells.at(-1 - after), start, name, cells.length);
      if (known !== null) return known;
    }
    start = text.indexOf('\n', start) + 1;
  }
  return null;
}

function isValue({ text }: Cell): boolean {
  return text.length >= LEAST && VALUE.test(text) && /[0-9]/.test(text);
}

const NAMES = new RegExp(
  `(?:${[...KEYWORDS].sort((a, b) => b.length - a.length).join('|')})`,
  'iy',
);

const pattern: SecretPattern = {
  source: `(?<prefix>${NAMES.source})`,
  flags: 'y',
  lastIndex: 0,
  isNear: false,
  exec(text) {
    NAMES.lastIndex = this.lastIndex;
    const word = NAMES.exec(text)?.[0];
    if (word === undefined) return null;
    const start = this.lastIndex + word.length;
    const cell = cellAfter(text.slice(start));
    if (cell === null) return null;
    const { value, name, columns } = cell;
    const at = start + value.start;
    return {
      0: text.slice(this.lastIndex, at + value.text.length),
      groups: {
        prefix: text.slice(this.lastIndex, at),
        name: `${word}${name}`,
        value: value.text,
        columns: columns === null ? undefined : `${columns}`,
      },
    };
  },
};

const SAMPLE = sampleOf([run('alnum', 32)], 'table-secret');

/** A rule for values in tables, by the heading of their column or the name beside them. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'table-secret',
    version: 2,
    family: 'generic',
    title: 'secret in a table',
    about:
      'Random values in a table of CSV, of tabs or of Markdown, in a column whose heading says that they are secret, or beside such a name',
  }),
  keywords: KEYWORDS,
  ignoreCase: true,
  pattern,
  mayFit: mayBeCell,
  reach: REACH,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a column of CSV',
        make: () => `\nname,api_key,created\nfoo,${SAMPLE},2026-01-01\nbar,,2026-01-02\n`,
      },
      {
        about: 'the file of a console',
        make: () => `\nUser name,Access key ID,Secret access key\nbob,,${SAMPLE}\n`,
      },
      { about: 'columns with tabs', make: () => `\nid\tclient_secret\n1\t${SAMPLE}\n` },
      { about: 'a name and its value', make: () => `\nkey,value\napp_client_secret,${SAMPLE}\n` },
      {
        about: 'a dump of a database',
        make: () => `\nCOPY public.users (id, api_token, age) FROM stdin;\n1\t${SAMPLE}\t44\n`,
      },
      {
        about: 'a row that is put into a table',
        make: () => `\nINSERT INTO \`users\` (\`id\`, \`api_token\`) VALUES (1, '${SAMPLE}');\n`,
      },
      {
        about: 'a table of Markdown',
        make: () => `\n| name | api key |\n|------|---------|\n| prod | \`${SAMPLE}\` |\n`,
      },
    ],
    fine: [
      { about: 'words', make: () => 'name,password\nbob,please-enter-a-password-1\n' },
      { about: 'arguments', make: () => `call(api_key, "${SAMPLE}")\n` },
      { about: 'another column', make: () => `id,api_key\n${SAMPLE},\n` },
      { about: 'a column more', make: () => `api_key,name\na,${SAMPLE},b\n` },
      { about: 'a list of names', make: () => `api_key,\n${SAMPLE},\n` },
    ],
  },
};

const setOf = (signs: string) => new Set([...signs].map((one) => one.charCodeAt(0)));
const OF_NAME = setOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ .-"\'`*');
const ENDS_CELL = setOf(',\t;|\r\n)');
/** What programs have in a line with a name, and tables have not. */
const OF_CODE = setOf('({[<>');
const [CLOSE, EQUALS, LINE_FEED] = [0x29, 0x3d, 0x0a];
/** `FROM` or `VALUES` of SQL, behind a parenthesis and a blank. */
const BEGINS_ROW = setOf('FfVv');
const NAME_MAX = 40;
const LINE_MAX = 300;

/** Whether a cell may end behind the name that goes on at `at`, in a line that is no code: of most names
 * something else follows. */
function mayBeCell(content: Uint8Array, at: number): boolean {
  let end = at;
  while (end < at + NAME_MAX && OF_NAME.has(content[end] ?? 0)) end += 1;
  if (!ENDS_CELL.has(content[end] ?? LINE_FEED)) return false;
  for (let place = end; place < end + LINE_MAX; place += 1) {
    const byte = content[place] ?? LINE_FEED;
    if (byte === CLOSE) return BEGINS_ROW.has(content[place + 2] ?? 0);
    if (OF_CODE.has(byte)) return false;
    if (byte === LINE_FEED) return !isCodeBefore(content, at);
  }
  return false;
}

function isCodeBefore(content: Uint8Array, at: number): boolean {
  for (let place = at - 1; place >= Math.max(0, at - LINE_MAX); place -= 1) {
    const byte = content[place] ?? LINE_FEED;
    if (byte === LINE_FEED) return false;
    if (byte === EQUALS || OF_CODE.has(byte)) return true;
  }
  return false;
}

function judge(match: SecretMatch) {
  const { name = '', columns } = match.groups;
  const line = match.before.slice(match.before.lastIndexOf('\n') + 1);
  const heading = underscored(line, name.replace(/["'`*]/g, '').trim());
  if (columns === undefined) {
    return FIRST_CELL.test(line) ? judgeNamedValue(heading, match) : null;
  }
  const sql = SQL_HEAD.exec(line);
  const head = `${sql === null ? line : (sql[1] ?? '')}${match.text.split(/\r?\n|\)/, 1)[0] ?? ''}`;
  const delimiter = DELIMITERS.find((one) => cellsOf(head, one).length === Number(columns));
  if (delimiter === undefined || /[({[=;]/.test(head.replaceAll(delimiter, ''))) return null;
  // the names of an import stand in lines that end with a comma
  if (delimiter !== '|' && cellsOf(head, delimiter).some(({ text }) => text === '')) return null;
  return judgeNamedValue(heading, match);
}

/** What may stand before the name that a value stands beside: the begin of the line. */
const FIRST_CELL = /^[ \t"'`*|]{0,8}[A-Za-z0-9_. -]{0,40}$/;
const SQL_HEAD = /(?:INTO|COPY) [^()\n]{1,80}\(([^()\n]*)$/i;

/** The whole heading, as a name is written. */
function underscored(line: string, heading: string): string {
  const first = /[A-Za-z0-9_. -]*$/.exec(line)?.[0] ?? '';
  return `${first}${heading}`.trim().replace(/[ .-]+/g, '_');
}
