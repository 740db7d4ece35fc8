/**
 * What code can do, as far as its words show: never proof, and never a finding by itself. The first
 * use of one, held against the version before, is what people are shown.
 */
import type { SummaryFile } from '../../core/artifact-summary.ts';
import { isCode, passiveKind } from '../artifact/file-kind.ts';
import { joinNames, type LoadedNames, loadedNames, NO_NAMES } from './loaded-names.ts';

/** Every capability by id, as a person would say it. */
export const CAPABILITIES: Readonly<Record<string, string>> = {
  'credential-files': 'names files that hold credentials',
  'embedded-sources': 'packs sources inside of source maps',
  environment: 'reads all of the environment',
  'environment-and-network': 'reads the environment and talks to the network in one file',
  eval: 'runs text as code',
  'hidden-call': 'hides the name of what it loads or calls',
  'native-call': 'calls code for a processor or WebAssembly',
  'native-code': 'holds code for a processor',
  network: 'talks to the network',
  'object-loading': 'reads objects that may run code as they are read',
  'paste-host': 'names a host where anyone may leave or fetch text',
  process: 'starts other programs',
  'start-files': 'names files that make machines start programs by themselves',
};

/** What starts a literal, and a name that is put together where a whole one would do. */
const Q = '["\'`]';
const JOINED = `${Q}[^"'\`\\n]{0,60}${Q}\\s*\\+`;
const REQUIRES = '(?:\\brequire\\s*\\(\\s*|\\bimport\\s*\\(\\s*|\\bgetBuiltinModule\\s*\\(\\s*)';
const GLOBAL = '(?:global(?:This)?|window|self)';
const ALL_ENV = `(?:${GLOBAL}\\.)?process(?:\\.env\\b|\\[\\s*${Q}env${Q}\\s*\\])(?!\\s*(?:\\?\\.|[.[]))`;

function anyOf(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join('|'));
}

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  [
    'process',
    anyOf(
      '\\bchild_process\\b|\\bsubprocess\\b|\\bDeno\\.Command\\b|\\bBun\\.(?:spawn|\\$)|\\bpty\\.spawn\\b',
      '\\bos\\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?|startfile)\\s*\\(',
      '\\bfrom\\s+os\\s+import\\b[^\\n]{0,200}\\b(?:system|popen|exec[lv]|spawn[lv]|posix_spawn|startfile)',
      '\\bcreate_subprocess_(?:shell|exec)\\b',
    ),
  ],
  [
    'network',
    anyOf(
      `(?:${REQUIRES}|\\bfrom\\s*|\\bimport\\s*)${Q}(?:node:)?(?:https?|net|tls|dgram|http2|dns|dns/promises)${Q}`,
      `${Q}node:(?:https?|net|tls|dgram|http2|dns|dns/promises)${Q}`,
      `\\bfetch\\s*\\(|\\[\\s*${Q}fetch${Q}\\s*\\]|(?:=|\\?\\?|\\|\\|)\\s*(?:${GLOBAL}\\.)?fetch\\b(?!\\s*[:=])`,
      '\\bXMLHttpRequest\\b|\\bWebSocket\\s*\\(|\\bsendBeacon\\b|["\'](?:axios|undici|got|node-fetch|request|ws)["\']',
      '\\b(?:import|from)\\s+(?:[\\w.]+(?:\\s+as\\s+\\w+)?\\s*,\\s*)*(?:urllib3?|requests|httpx|aiohttp|socket|http\\.client|smtplib|ftplib|paramiko|telnetlib|websockets?)\\b',
    ),
  ],
  [
    'eval',
    anyOf(
      '(?<![.\\w$])eval\\s*\\(|\\bnew\\s+Function\\s*\\(|["\'`](?:node:)?vm["\'`]|\\.runIn(?:This|New)?Context\\s*\\(',
      `(?<![.\\w$])Function\\(\\s*(?:${Q}(?!return this)|atob\\b|Buffer\\b|[A-Za-z_$][\\w$]*\\s*[,)])`,
      `\\(\\s*0\\s*,\\s*(?:[\\w$]+\\.)?eval\\s*\\)|\\b${GLOBAL}\\s*(?:\\?\\.|\\.)\\s*eval\\b|\\[\\s*${Q}eval${Q}\\s*\\]`,
      `\\bset(?:Timeout|Interval)\\s*\\(\\s*${Q}|\\bimport\\s*\\(\\s*${Q}data:|\\beval\\s*:\\s*(?:true|!0)\\b`,
      '\\._compile\\s*\\(|\\bbuiltins\\.(?:exec|eval)\\b|\\bmarshal\\.loads\\s*\\(|\\btypes\\.(?:FunctionType|CodeType)\\s*\\(',
      '(?<![.\\w])exec\\s*\\(\\s*(?:compile|base64|zlib|codecs|marshal|__import__|bytes|requests|urllib)',
    ),
  ],
  [
    'environment',
    anyOf(
      `JSON\\.stringify\\(\\s*${ALL_ENV}|Object\\.(?:entries|keys|assign|values)\\(\\s*(?:\\{\\}\\s*,\\s*)?${ALL_ENV}`,
      `\\.\\.\\.${ALL_ENV}|\\bfor\\s*\\(\\s*(?:const|let|var)\\s+[\\w$]+\\s+(?:in|of)\\s+${ALL_ENV}`,
      '\\b(?:dict|str|repr|list|sorted|dumps)\\(\\s*(?:\\*\\*)?os\\.environ\\b(?!\\s*[.[])|\\*\\*os\\.environ\\b',
      '\\benviron\\.(?:items|copy|values)\\(|\\bos\\.environb\\b|\\bfor\\s+\\w+\\s+in\\s+os\\.environ\\b',
    ),
  ],
  [
    'credential-files',
    anyOf(
      '\\.npmrc\\b|\\.pypirc\\b|\\.aws\\/credentials|\\.ssh\\/(?:id_|config|known)|\\.netrc\\b|\\.docker\\/config\\.json',
      '\\.kube\\/config|\\.git-credentials|gcloud\\/application_default_credentials|\\.config\\/gh\\/hosts',
      'Login Data\\b|Local State\\b|\\bkey4\\.db\\b|\\bwallet\\.dat\\b|\\.(?:bash|zsh)_history\\b',
      `${Q}[^"'\`\\n]{0,20}\\.(?:aws|ssh|docker|kube|gnupg)/?${Q}\\s*[,/+]\\s*${Q}/?(?:credentials|config|id_|known_hosts)`,
    ),
  ],
  [
    'paste-host',
    anyOf(
      '\\b(?:pastebin\\.com|webhook\\.site|hastebin\\.com|transfer\\.sh|requestbin|pipedream\\.net|ngrok(?:-free)?\\.(?:io|app|dev))',
      '\\bdiscord(?:app)?\\.com\\/api\\/webhooks|\\bapi\\.telegram\\.org\\/bot|\\boast\\.(?:fun|pro|live|site|me)|\\boastify\\.com',
      '\\binteract\\.sh|\\bburpcollaborator|\\b(?:paste\\.ee|rentry\\.co|dpaste\\.(?:com|org)|0x0\\.st|gofile\\.io|catbox\\.moe|termbin\\.com|trycloudflare\\.com|requestcatcher\\.com|beeceptor\\.com)',
    ),
  ],
  [
    'hidden-call',
    anyOf(
      // a name in two pieces, or in escapes
      `${REQUIRES}${JOINED}\\s*${Q}|${REQUIRES}${Q}[^"'\`\\n]{0,60}\\\\[xu]|\\\\u(?:0065|\\{0*65\\})val\\b`,
      `\\b(?:global(?:This)?|window|self|process|module)\\s*\\[\\s*${JOINED}`,
      // past `require`, to what it is made of
      '\\bprocess\\.(?:binding|_linkedBinding|dlopen)\\s*\\(|\\bprocess\\.mainModule\\.(?:require|constructor)\\b|\\.constructor\\._load\\b',
      `\\.constructor\\.constructor\\b|\\[\\s*${Q}constructor${Q}\\s*\\]\\s*\\[\\s*${Q}constructor${Q}|\\)\\.constructor\\s*\\(\\s*${Q}`,
      // code under a name of what is none
      `\\brequire\\s*\\(\\s*${Q}\\.{1,2}/[^"'\`\\n]{1,100}\\.(?:dat|txt|md|bin|log|lock|bak|tmp|db)${Q}`,
      // the same in Python
      '\\b__import__\\s*\\(\\s*["\'](?:os|sys|subprocess|base64|zlib|marshal|builtins|socket|urllib|requests|ctypes|pty)\\b',
      '\\b__import__\\s*\\(\\s*["\'][^"\'\\n]{0,60}["\']\\s*\\+|\\bimport_module\\s*\\(\\s*["\'][^"\'\\n]{0,60}["\']\\s*\\+',
      '\\bgetattr\\s*\\(\\s*(?:os|sys|builtins|__builtins__|subprocess)\\s*,\\s*["\'][^"\'\\n]{0,60}["\']\\s*\\+|\\b__builtins__\\s*(?:\\[|\\.__dict__)',
    ),
  ],
  [
    'native-call',
    anyOf(
      '\\bctypes\\.(?:CDLL|cdll|PyDLL|WinDLL|windll|util)\\b|\\bfrom\\s+ctypes\\s+import\\b|\\bffi\\.dlopen\\s*\\(',
      `\\bWebAssembly\\s*(?:\\?\\.)?\\s*(?:\\.\\s*(?:instantiate|compile|Module)|\\[)|\\}\\s*=\\s*(?:${GLOBAL}\\.)?WebAssembly\\b|=\\s*(?:${GLOBAL}\\.)?WebAssembly\\s*[;,)\\n]`,
      '["\'`](?:ffi-napi|koffi|node:ffi|bun:ffi)["\'`]|\\bDeno\\.dlopen\\b',
    ),
  ],
];

/** What hides a name in a call, where the name itself would do. */
const COMPUTED = `(?:atob|Buffer\\.from|String\\.fromCharCode)\\s*\\(|\\[[^\\]\\n]{0,200}\\]\\s*\\.\\s*join\\s*\\(|${Q}[^"'\`\\n]{0,60}${Q}\\s*\\.\\s*(?:split|replace|concat|slice)\\s*\\(`;
const REMARK = '/\\*[^*\\n]{0,80}\\*/\\s*';
const HIDDEN_OF_PROCESS = '(?:getBuiltin[M]odule|binding|_linkedBinding|dlopen)';

const MORE_PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['process', /\bcluster\s*\.\s*fork\s*\(/],
  [
    'network',
    anyOf(
      `\\bnew\\s+EventSource\\b|\\bimport\\s*\\(\\s*${Q}https?:|\\.(?:map|forEach|then)\\s*\\(\\s*fetch\\s*\\)`,
    ),
  ],
  [
    'eval',
    anyOf(
      `(?<![.\\w$])eval\\s*(?:\\?\\.\\s*|${REMARK}|\\.(?:call|apply)\\s*)\\(|=\\s*eval\\s*;|\\[\\s*eval\\s*\\]`,
      '\\bReflect\\.(?:construct|apply)\\s*\\(\\s*(?:Function|eval)\\b|\\bnew\\s*\\(\\s*Function\\s*\\)',
      '(?<!\\$Function\\s{0,2})=\\s*Function\\s*;|\\bFunction\\s*\\.\\s*prototype\\s*\\.\\s*constructor\\b(?!\\s*(?:=|\\.))|(?<![.\\w$])Function\\s*`',
      '\\}\\s*\\)\\s*\\.\\s*constructor\\s*[(`]|\\]\\s*\\.\\s*(?:filter|map|concat|find|flat|sort|at)\\s*\\.\\s*constructor\\s*[(`]',
      `\\beval["']?\\s*:\\s*(?:true|!0|1)\\b|\\bRuntime\\.evaluate\\b|${Q}data:(?:text|application)/javascript`,
      // functions by what made one, and code of brackets alone
      '\\bgetPrototypeOf\\s*\\(\\s*(?:async\\s*)?function\\b[^\\n]{0,40}\\)\\s*\\.\\s*constructor\\b|[[\\]()!+]{80}',
      '(?:=>\\s*\\{\\}|\\bfunction\\s*\\(\\s*\\)\\s*\\{\\s*\\})\\s*\\)\\s*\\.\\s*constructor\\b',
      `\\brequire\\s*\\(\\s*${Q}(?:node:)?(?:inspector|repl|vm2|isolated-vm)${Q}|\\bregisterHooks\\s*\\(`,
    ),
  ],
  [
    'environment',
    anyOf(`(?:\\bstructuredClone|\\binspect|\\bReflect\\.ownKeys)\\s*\\(\\s*${ALL_ENV}`),
  ],
  [
    'hidden-call',
    anyOf(
      `${REQUIRES}(?:${REMARK})?(?:${COMPUTED})|${REQUIRES}${REMARK}${JOINED}`,
      `\\[\\s*${Q}${HIDDEN_OF_PROCESS}${Q}\\s*\\]|\\{[^{}\\n]{0,80}\\b${HIDDEN_OF_PROCESS}\\b[^{}\\n]{0,80}\\}\\s*=\\s*(?:${GLOBAL}\\.)?process\\b`,
      `\\bgetBuiltin[M]odule\\s*\\(\\s*[A-Za-z_$]|\\bmodule\\s*\\[\\s*${Q}(?:require|constructor)${Q}|\\)\\s*\\._load\\s*\\(`,
      `\\b${GLOBAL}\\s*\\[\\s*(?:${COMPUTED})|\\bglobal(?:This)?\\s*\\[\\s*[A-Za-z_$][\\w$]{0,60}\\s*\\]\\s*\\(|\\bReflect\\.get\\s*\\(\\s*${GLOBAL}\\s*,|\\b(?:const|let|var)\\s+[\\w$]+\\s*=\\s*require\\s*;|\\)\\s*\\(\\s*${JOINED}\\s*${Q}_?process`,
    ),
  ],
  [
    'start-files',
    anyOf(
      '\\.(?:bashrc|zshrc|bash_profile|zprofile)\\b|\\bLaunch(?:Agents|Daemons)\\b|\\bauthorized_keys\\b|\\.git/hooks\\b',
      '/etc/cron|\\.config/autostart\\b|CurrentVersion\\\\{1,4}Run\\b|\\bsystemd/user\\b|/etc/ld\\.so\\.preload\\b',
    ),
  ],
];

/** Letters of other forms, which Python reads as plain ones (PEP 3131), where a name begins. */
const OTHER_LETTERS =
  '(?:\\.|\\bimport[ \\t]|^[ \\t]{0,40})(?:\\xef\\xbc[\\xa1-\\xba]|\\xef\\xbd[\\x81-\\x9a]|\\xf0\\x9d[\\x90-\\x9f])';

/** What counts in Python alone; the words are common ones elsewhere. */
const PYTHON_PATTERNS: readonly (readonly [string, RegExp])[] = [
  [
    'process',
    anyOf(
      '\\.(?:system|popen|startfile)\\s*\\(\\s*[^)\\s]|\\.(?:exec[lv]p?e?|posix_spawnp?|spawn[lv]p?e?)\\s*\\(',
      '\\bfrom\\s+os\\s+import\\s*\\([^)]{0,300}\\b(?:system|popen|exec[lv]|spawn[lv]|posix_spawn|startfile)',
      '\\b(?:from|import)\\s+(?:posix|nt|_posixsubprocess|_winapi|pty)\\b|\\bos\\.fork(?:pty)?\\s*\\(',
    ),
  ],
  [
    'network',
    anyOf(
      '\\b(?:from|import)\\s+(?:_socket|pycurl|httplib2|xmlrpc|webbrowser|nntplib|imaplib|poplib|asyncssh)\\b',
      '\\basyncio\\.open_connection\\s*\\(|\\bfrom\\s+http\\s+import\\s+[^\\n]{0,60}\\bclient\\b',
    ),
  ],
  [
    'eval',
    /[=@][ \t]*(?:exec|eval)[ \t]*(?:#[^\n]*)?$|\bfrom\s+builtins\s+import\b[^\n]{0,100}\b(?:exec|eval)\b|\brunpy\.run_(?:path|module)\s*\(|\bInteractiveInterpreter\s*\(/m,
  ],
  ['environment', /\bfrom\s+os\s+import\b[^\n]{0,80}\benviron\s+as\b/],
  [
    'hidden-call',
    new RegExp(
      `${OTHER_LETTERS}|\\b(?:__import__|import_module)\\s*\\(\\s*(?:chr\\s*\\(|bytes\\b|base64\\b|codecs\\b|b64decode\\b|["']{2}\\.join\\b|["'][^"'\\n]{0,60}["']\\s*(?:\\[|\\.replace))|\\.__subclasses__\\s*\\(\\s*\\)\\s*(?:\\[|[^\\n]{0,80}Popen)|\\bfor\\s+\\w+\\s+in\\s+[^\\n]{0,60}\\b__subclasses__\\s*\\(|\\bsys\\.(?:meta_path|path_hooks)\\.(?:insert|append)\\s*\\(`,
      'm',
    ),
  ],
  [
    'hidden-call',
    /^(?:\xef\xbb\xbf)?(?:[ \t\f]*(?:#[^\n]*)?\r?\n)?[ \t\f]*#[^\n]{0,200}coding[:=][ \t]*u7\b/i,
  ],
  ['native-call', /\b(?:from|import)\s+(?:_?ctypes|cffi|_cffi_backend)\b/],
  [
    'object-loading',
    anyOf(
      '\\b(?:c?[pP]ickle|dill|cloudpickle|joblib|jsonpickle|shelve)\\.(?:loads?|open|decode|Unpickler)\\s*\\(|\\byaml\\.(?:unsafe_load|full_load)\\w*\\s*\\(',
      '\\bfrom\\s+(?:_?pickle|dill|cloudpickle)\\s+import\\b',
    ),
  ],
];

/** Files that CMake and Meson run while they build; their functions are known by no other. */
const BUILD_FILE = /(?:^|\/)(?:CMakeLists\.txt|meson\.build|[^/]+\.cmake)$/;
const BUILD_PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['process', /^[^#\n]{0,200}?\b(?:execute_process|exec_program|run_command)\s*\(/im],
  [
    'network',
    /^[^#\n]{0,200}?\b(?:FetchContent_Declare|ExternalProject_Add|CPMAddPackage)\s*\(|\bfile\s*\(\s*DOWNLOAD\b/im,
  ],
];

const SOME_ENVIRONMENT =
  /\bprocess\.env\b|\bos\.environ\b|\bos\.getenv\b|\{\s*env\b[^}\n]{0,60}\}\s*=\s*process\b/;
/** A name for the whole environment. */
const ALIAS = new RegExp(
  `\\b([A-Za-z_$][\\w$]*)\\s*=\\s*${ALL_ENV}|\\{\\s*env(?:\\s*:\\s*([A-Za-z_$][\\w$]*))?\\s*\\}\\s*=\\s*(?:${GLOBAL}\\.)?process\\b`,
  'g',
);
const ALIASES_MAX = 20;
const PYTHON_EXEC = /(?<![.\w])exec\s*\(/;

/** What is known of a file before it is read: its name, and its form by its first bytes. */
interface ReadFile {
  readonly path: string;
  readonly form: SummaryFile['form'];
  /** From its first byte on. */
  readonly content: Uint8Array;
}

/** Reads a file window by window: what one shows, the file shows. */
export interface CapabilityReader {
  look(content: Uint8Array): void;
  /** Ids of what the file shows, sorted; empty for what is neither code, map nor binary. */
  ids(): readonly string[];
  /** What the file loads; NO_NAMES for what is no code. */
  loads(): LoadedNames;
}

const SHOWS_NOTHING: CapabilityReader = {
  look: () => undefined,
  ids: () => [],
  loads: () => NO_NAMES,
};

/** A reader of the file that begins as `file` does. What it loads costs, and is for those who ask. */
export function createCapabilityReader(file: ReadFile, asksLoads = true): CapabilityReader {
  if (file.form === 'native') return { ...SHOWS_NOTHING, ids: () => ['native-code'] };
  const found = new Set<string>();
  if (/\.map$/i.test(file.path)) {
    return {
      ...SHOWS_NOTHING,
      ids: () => [...found],
      look(content) {
        if (found.size === 0 && embedsSources(content)) found.add('embedded-sources');
      },
    };
  }
  if (!mayRun(file)) return SHOWS_NOTHING;
  const isPython = /\.pyw?$/i.test(file.path);
  const patterns = BUILD_FILE.test(file.path)
    ? BUILD_PATTERNS
    : [...PATTERNS, ...MORE_PATTERNS, ...(isPython ? PYTHON_PATTERNS : [])];
  const aliases = new Set<string>();
  let readsEnvironment = false;
  let names: LoadedNames | null = null;
  return {
    ids() {
      const both = found.has('network') && readsEnvironment ? ['environment-and-network'] : [];
      return [...found, ...both].sort();
    },
    loads: () => names ?? NO_NAMES,
    look({ buffer, byteOffset, length }) {
      // a remark may hold a NUL, and PowerShell is written in UTF-16
      const text = Buffer.from(buffer, byteOffset, length).toString('latin1').replaceAll('\0', '');
      for (const [id, pattern] of patterns) if (!found.has(id) && pattern.test(text)) found.add(id);
      if (isPython && !found.has('eval') && PYTHON_EXEC.test(text)) found.add('eval');
      if (!found.has('environment') && usesAlias(text, aliases)) found.add('environment');
      readsEnvironment ||= SOME_ENVIRONMENT.test(text);
      if (!asksLoads) return;
      const more = loadedNames(file.path, text);
      names = names === null ? more : joinNames(names, more);
    },
  };
}

/** Program text by its name, or text whose name says nothing else. */
function mayRun(file: ReadFile): boolean {
  if (isCode(file.path) || BUILD_FILE.test(file.path))
    return file.form === 'text' || file.form === 'binary';
  const hasShebang = file.content[0] === 0x23 && file.content[1] === 0x21;
  return file.form === 'text' && (hasShebang || passiveKind(file.path) === null);
}

/** Whether all of the environment is read under another name: one of `names`, or one that the text
 * gives it, which is added to them. */
function usesAlias(text: string, names: Set<string>): boolean {
  for (const [, name, renamed] of text.matchAll(ALIAS)) {
    if (names.size >= ALIASES_MAX) break;
    names.add(name ?? renamed ?? 'env');
  }
  if (names.size === 0) return false;
  const any = [...names].map((one) => one.replaceAll('$', '\\$')).join('|');
  return new RegExp(
    `(?:JSON\\.stringify\\(|Object\\.(?:entries|values)\\()\\s*(?:${any})(?![\\w$.[])`,
  ).test(text);
}

/** A map names its sources, or holds them: `sourcesContent` with a text in it. */
function embedsSources(content: Uint8Array): boolean {
  const { buffer, byteOffset, length } = content;
  const bytes = Buffer.from(buffer, byteOffset, length);
  const at = bytes.indexOf('"sourcesContent"');
  if (at === -1) return false;
  return /^"sourcesContent"\s*:\s*\[\s*(?:null\s*,\s*)*"(?!")/.test(
    bytes.toString('latin1', at, at + 4096),
  );
}
