/** The import table of ARCHITECTURE.md and what source files really import. */

/** One row: what production code in `src/<folder>/` may import. `root` is a file beside folders. */
export interface ImportRule {
  readonly name: string;
  readonly folders: ReadonlySet<string>;
  readonly builtins: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
  readonly pure: boolean;
}

const HEADER = /^\| folder \| may import \| of Node \| packages \|$/;

/** Reads the table. Throws where a row has another number of cells. */
export function parseImportTable(markdown: string): ReadonlyMap<string, ImportRule> {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => HEADER.test(line));
  if (start === -1) throw new Error('ARCHITECTURE.md has no import table');
  const rules = new Map<string, ImportRule>();
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith('|')) break;
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length !== 6) throw new Error(`expected four cells: ${line}`);
    const [, name = '', folders = '', builtins = '', packages = ''] = cells;
    const rule = {
      name: only(name),
      folders: words(folders),
      builtins: words(builtins),
      packages: words(packages),
      pure: name.includes('(pure)'),
    };
    if (rules.has(rule.name)) throw new Error(`${rule.name} stands twice`);
    rules.set(rule.name, rule);
  }
  return rules;
}

function only(cell: string): string {
  const [first, ...more] = words(cell);
  if (first === undefined || more.length > 0) throw new Error(`expected one name: ${cell}`);
  return first;
}

/** The words in backticks. */
function words(cell: string): ReadonlySet<string> {
  return new Set([...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
}

/** Everything that a source imports, statically or by `import()`, in order. */
export function importsOf(source: string): readonly string[] {
  const code = withoutComments(source);
  const found = [
    ...code.matchAll(/^(?:import|export)\s[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/^import\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g),
    ...code.matchAll(/\bnew URL\(\s*['"](\.[^'"]+\.ts)['"]/g),
  ];
  return found.sort((a, b) => a.index - b.index).map((match) => match[1] ?? '');
}

/** Ways to load code that a reader of import lines does not see. */
export function hiddenLoadsOf(source: string): readonly string[] {
  return [
    ...withoutComments(source).matchAll(
      /\bimport\(\s*[^'")\s]|\brequire\(|\bcreateRequire\b|\bgetBuiltinModule\b|\beval\(|\bnew Function\(/g,
    ),
  ].map((match) => match[0]);
}

/** Reads of clock, randomness, environment, network or timers in code that must have none. */
export function impureCallsOf(source: string): readonly string[] {
  return [
    ...withoutComments(source).matchAll(
      /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(\s*\)|\bMath\.random\b|\bperformance\.|\bprocess\.|\bfetch\(|\bset(?:Timeout|Interval|Immediate)\(|(?<!typeof )\bglobalThis\b|\brandom(?:UUID|Bytes)\b|\bgetRandomValues\b|\bconsole\./g,
    ),
  ].map((match) => match[0]);
}

/** Drops block comments and line comments; `://` inside strings stays. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Folder (or root file) of `src/` that a path belongs to. */
export function folderOf(path: string): string {
  const [first = ''] = path.replace(/^src\//, '').split('/');
  return first;
}

/** `undici` of `undici/x`, `@scope/name` of `@scope/name/x`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** What `path` imports and the table does not allow, one sentence each. */
export function violationsOf(
  path: string,
  source: string,
  rules: ReadonlyMap<string, ImportRule>,
): readonly string[] {
  const own = folderOf(path);
  const rule = rules.get(own);
  if (rule === undefined) return [`${path}: ${own} has no row in the import table`];
  const found = importsOf(source).flatMap((specifier) => {
    if (isAllowed(path, specifier, rule)) return [];
    return [`${path} imports ${specifier}, which the row of ${own} does not have`];
  });
  return [...found, ...hiddenLoadsOf(source).map((load) => `${path} hides an import: ${load}`)];
}

function isAllowed(path: string, specifier: string, rule: ImportRule): boolean {
  if (specifier.startsWith('node:')) return rule.builtins.has(specifier.slice('node:'.length));
  if (!specifier.startsWith('.')) return rule.packages.has(packageOf(specifier));
  const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
  if (!target.startsWith('src/')) return false;
  const folder = folderOf(target);
  return (
    folder === rule.name ||
    rule.folders.has(folder) ||
    rule.folders.has(target.slice('src/'.length))
  );
}
