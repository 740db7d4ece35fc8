/**
 * What a program text loads or starts of the package that it lies in, as far as its words say so. Names
 * as they are written; which files they mean is for artifact/loaded-files.ts to say.
 */
import { passiveKind } from '../artifact/file-kind.ts';
import { isLiteralPython } from './literal-python.ts';

/** Names in one text. */
export interface LoadedNames {
  /** As a loader is given them: `./lib/x`, `#inner`, `left-pad`; of Python `.inner`, `tools.build`. */
  readonly modules: readonly string[];
  /** Files by their whole names: `scripts/x.js`. */
  readonly files: readonly string[];
  /** Where a name begins whose end is not said: `./steps/`; of Python, folders of modules. */
  readonly starts: readonly string[];
  /** It holds nothing but literal values under names: whoever runs it has done nothing. */
  readonly isLiteral: boolean;
  /** There are more names than are kept. */
  readonly isCut: boolean;
}

/** Of a file that loads nothing, or is not asked. */
export const NO_NAMES: LoadedNames = {
  modules: [],
  files: [],
  starts: [],
  isLiteral: false,
  isCut: false,
};

/** Names of each kind that are kept of one text. */
const NAMES_MAX = 2000;
/** Longer texts are no list of values that anybody wrote. */
const LITERAL_LENGTH = 16 * 1024;

const QUOTED = '["\'`]([^"\'`\\n]{1,300})["\'`]';
const REMARK = '(?:/\\*[^*\\n]{0,80}\\*/\\s*)?';
const LOADERS = '(?:[r]equire(?:\\.resolve)?|[i]mport(?:\\.meta\\.resolve)?|fork|Worker|_load)';
/** Calls and statements of JavaScript that load what they name. */
const LOADS = new RegExp(
  `(?:\\b(?:${LOADERS}|URL)\\s*\\(|\\bfrom|\\bimport|\\bcreateRequire\\s*\\([^()\\n]{0,100}\\)\\s*\\()\\s*${REMARK}${QUOTED}\\s*(\\+?)`,
  'g',
);
/** A path that is put together. */
const JOINED = /(?:join|resolve)\s*\(((?:[^()\n]|\([^()\n]{0,100}\)){1,300})\)/g;
/** What stands before it where it is loaded. */
const LOADER_BEFORE = new RegExp(`\\b${LOADERS}\\s*\\(\\s*(?:[\\w$]{1,40}\\.)?$`);
const BEFORE_LENGTH = 80;
const BEHIND_FOLDER = /\b__dirname\s*\+\s*["'`]([^"'`\n]{1,300})["'`]\s*(\+?)/g;
const READ = /\breadFile(?:Sync)?\s*\(\s*["'`]([^"'`\n]{1,300})["'`]/g;
const PIECE = /["'`]([^"'`\n]{0,200})["'`]/g;
const FROM_FOLDER = /^\$\{[^{}\n]{1,60}\}\/?/;
/** What runs a text, from wherever it has it. */
const RUNS = /\beval\b|\bFunction\s*\(|\bvm\b|\b_compile\b|\brunIn/;
/** Where a file by its whole name ends, in quotes or as a word of a command. */
const FILE_END =
  /\.(?:[cm]?[jt]s|node|json|wasm|sh|bash|py|bat|cmd|ps1|exe|rb|pl)(?=["'`\s;|&)]|$)/g;
const FILE_NAME = /(?:^|["'`\s;&|(])([\w@.$/\\-]{1,300})$/;
const NAME_LENGTH = 302;
const STARTED = /\.\/[\w@./-]{1,200}/g;
const WORD_BEGINS = /["'`\s;&|(]/;
const MAKES = /["'`\s(]g?make["'`\s]/;
const MAKE_FILES = ['GNUmakefile', 'Makefile', 'makefile'];

const PYTHON_FROM =
  /^[ \t]*from[ \t]+(\.{0,5}[\w.]*)[ \t]+import[ \t]+(\([^)]{1,2000}\)|[^\n;#]{1,500})/gm;
const PYTHON_IMPORT = /(?:^|[;:])[ \t]*import[ \t]+([\w., \t]{1,500})/gm;
const PYTHON_CALLS = /\b(?:__import__|import_module|run_module)\s*\(\s*["']([\w.]{1,200})["']/g;
const PYTHON_RUNS =
  /(?<![.\w])(?:exec|eval|compile|execfile)\s*\(|\brun_path\s*\(|\bspec_from_file_location\s*\(|\bSourceFileLoader\s*\(/;
const PYTHON_PATHS =
  /\b(?:open|read|read_text|read_file|Path|join|run_path|SourceFileLoader|spec_from_file_location|execfile)\s*\(([^\n]{1,400})/g;

/** Folders that modules are looked for in from here on. */
const PYTHON_FOLDERS = /\bsys\.path\.(?:insert|append)\s*\(([^\n]{1,300})/g;
const PYTHON_STARTS =
  /\b(?:run|call|check_call|check_output|Popen|system|popen|spawn)\s*\(([^\n]{1,400})/g;
/** Manuals, which a setup.py reads and shows. */
const SHOWN = /\.(?:md|rst)$|(?:^|\/)(?:readme|change|history|licen[cs]e|authors|news)[^/]*$/i;

/** What one text loads; `path` says what language it is in. `text` has a character for each byte. */
export function loadedNames(path: string, text: string): LoadedNames {
  const modules = new Set<string>();
  const files = new Set<string>();
  const starts = new Set<string>();
  const isPython = /\.pyw?$/i.test(path);
  if (isPython) readPython(text, modules, files, starts);
  else {
    readScript(text, modules, files, starts);
    readFileNames(text, files);
  }
  if (MAKES.test(text)) for (const name of MAKE_FILES) put(files, name);
  const isLiteral = isPython && text.length <= LITERAL_LENGTH && isLiteralPython(text);
  if (modules.size + files.size + starts.size === 0 && !isLiteral) return NO_NAMES;
  const isCut = [modules, files, starts].some((one) => one.size >= NAMES_MAX);
  return { modules: [...modules], files: [...files], starts: [...starts], isLiteral, isCut };
}

/** Of two parts of one text what they name together. */
export function joinNames(one: LoadedNames, other: LoadedNames): LoadedNames {
  const modules = [...one.modules, ...other.modules].slice(0, NAMES_MAX);
  const files = [...one.files, ...other.files].slice(0, NAMES_MAX);
  const starts = [...one.starts, ...other.starts].slice(0, NAMES_MAX);
  const isCut =
    one.isCut || other.isCut || [modules, files, starts].some((all) => all.length >= NAMES_MAX);
  return { modules, files, starts, isLiteral: false, isCut };
}

/** A copy: a piece of a text holds all of it in memory. */
function put(names: Set<string>, name: string): void {
  if (names.size < NAMES_MAX) names.add(Buffer.from(name, 'latin1').toString('latin1'));
}

function readScript(
  text: string,
  modules: Set<string>,
  files: Set<string>,
  starts: Set<string>,
): void {
  for (const [, raw = '', more] of text.matchAll(LOADS)) {
    const name = raw.replace(FROM_FOLDER, './');
    const end = name.indexOf('${');
    if (end !== -1) put(starts, name.slice(0, end));
    else put(more === '+' ? starts : modules, name);
  }
  for (const [, raw = '', more] of text.matchAll(BEHIND_FOLDER)) {
    put(more === '+' ? starts : modules, `./${raw}`);
  }
  readJoined(text, modules, files, starts);
  const read = [...text.matchAll(READ)];
  if (read.length > 0 && RUNS.test(text)) for (const [, name = ''] of read) put(files, name);
}

/** Files by their whole names, and what begins at the folder where it is started. */
function readFileNames(text: string, files: Set<string>): void {
  for (const { 0: ending, index } of text.matchAll(FILE_END)) {
    const end = index + ending.length;
    const name = FILE_NAME.exec(text.slice(Math.max(0, end - NAME_LENGTH), end))?.[1];
    if (name !== undefined) put(files, name);
  }
  for (const { 0: name, index } of text.matchAll(STARTED)) {
    if (index === 0 || WORD_BEGINS.test(text[index - 1] ?? '')) put(files, name);
  }
}

function readJoined(
  text: string,
  modules: Set<string>,
  files: Set<string>,
  starts: Set<string>,
): void {
  for (const { 1: list = '', index } of text.matchAll(JOINED)) {
    const name = joinedPieces(list);
    if (name === '') continue;
    if (!LOADER_BEFORE.test(text.slice(Math.max(0, index - BEFORE_LENGTH), index))) {
      if (passiveKind(name) === null || name.endsWith('.json')) put(files, name);
    } else put(/["'`]\s*$/.test(list) ? modules : starts, `./${name}`);
  }
}

function piecesOf(list: string): readonly string[] {
  return [...list.matchAll(PIECE)].map(([, one = '']) => one);
}

function joinedPieces(list: string): string {
  return piecesOf(list)
    .filter((one) => one !== '')
    .join('/');
}

function readPython(
  text: string,
  modules: Set<string>,
  files: Set<string>,
  starts: Set<string>,
): void {
  for (const [, from = '', list = ''] of text.matchAll(PYTHON_FROM)) {
    put(modules, from);
    for (const [name] of list.matchAll(/[A-Za-z_]\w*/g)) {
      put(modules, from.endsWith('.') ? `${from}${name}` : `${from}.${name}`);
    }
  }
  for (const [, list = ''] of text.matchAll(PYTHON_IMPORT)) {
    for (const one of list.split(',')) {
      const name = one.trim().split(/\s/, 1)[0] ?? '';
      if (name !== '') put(modules, name);
    }
  }
  for (const [, name = ''] of text.matchAll(PYTHON_CALLS)) put(modules, name);
  readPythonPaths(text, files, starts);
}

function readPythonPaths(text: string, files: Set<string>, starts: Set<string>): void {
  for (const [, list = ''] of text.matchAll(PYTHON_FOLDERS)) put(starts, joinedPieces(list));
  for (const [, list = ''] of text.matchAll(PYTHON_STARTS)) readFileNames(list, files);
  if (!PYTHON_RUNS.test(text)) return;
  for (const [, list = ''] of text.matchAll(PYTHON_PATHS)) {
    const pieces = piecesOf(list).slice(0, 12);
    for (const name of [...pieces, pieces.join('/')]) if (!SHOWN.test(name)) put(files, name);
  }
}
