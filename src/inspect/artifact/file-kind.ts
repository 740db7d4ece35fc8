/** What a file is for, as far as its name says; content is looked at by those who need it. */

const CODE = /\.(?:[cm]?jsx?|[cm]?tsx?|pyw?|sh|bash|zsh|ps1|bat|cmd|vbs|php|rb|pl|lua|gyp)$/i;
const TYPES = /\.d\.[cm]?ts$/i;

/** Program text that somebody runs or loads; type declarations are none. */
export function isCode(path: string): boolean {
  return CODE.test(path) && !TYPES.test(path);
}

/** What is read or served and never started, by what people call it; null for all else. */
export function passiveKind(path: string): string | null {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  for (const [kind, pattern] of PASSIVE) if (pattern.test(name)) return kind;
  return null;
}

const PASSIVE: readonly (readonly [string, RegExp])[] = [
  [
    'configuration',
    /\.(?:json|json5|jsonc|ya?ml|toml|ini|cfg|conf|properties|env|lock|plist)$|^\.(?:npmrc|npmignore|gitignore|gitattributes|editorconfig|eslintrc|prettierrc|babelrc|browserslistrc|nvmrc)$/,
  ],
  [
    'documentation',
    /\.(?:md|markdown|mdx|rst|txt|adoc|pdf|tex)$|^(?:readme|licen[cs]e|changelog|changes|history|authors|contributors|notice|copying|security)$/,
  ],
  [
    'a web asset',
    /\.(?:html?|css|scss|sass|less|svg|png|jpe?g|gif|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg|wav)$/,
  ],
  ['data', /\.(?:csv|tsv|xml|xsd|dat|parquet|npy|npz|pkl|sqlite|db|sql|proto|graphql|map|wasm)$/],
  ['source', /\.(?:d\.[cm]?ts|[ch]|cc|cpp|cxx|hh|hpp|java|go|rs|kt|swift|pyi|pxd|pyx)$/],
];

const OF_TESTS = /(?:^|\/)(?:tests?|__tests__|testing|testdata|fixtures?|spec)\//i;

/** Whether a file lies in a folder of what tests need. */
export function isOfTests(path: string): boolean {
  return OF_TESTS.test(path);
}

/** How a call of this name begins in a text. Rules put such texts together, so that their own files
 * hold none: a test takes the words for imports that the import table does not show. */
export function call(name: string): string {
  return `${name}(`;
}
