/**
 * What code can do, as far as its words show: never proof, and never a finding by itself. The first
 * use of one, held against the version before, is what people are shown.
 */
import type { SummaryFile } from '../../core/artifact-summary.ts';
import { isCode } from '../file-kind.ts';

/** Every capability by id, as a person would say it. */
export const CAPABILITIES: Readonly<Record<string, string>> = {
  'credential-files': 'names files that hold credentials',
  'embedded-sources': 'packs sources inside of source maps',
  environment: 'reads all of the environment',
  'environment-and-network': 'reads the environment and talks to the network in one file',
  eval: 'runs text as code',
  'native-code': 'holds code for a processor',
  network: 'talks to the network',
  'paste-host': 'names a host where anyone may leave or fetch text',
  process: 'starts other programs',
};

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  [
    'process',
    /\bchild_process\b|\bnode:child_process\b|\bsubprocess\b|\bos\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?)\s*\(|\bpty\.spawn\b|\bDeno\.Command\b|\bBun\.spawn/,
  ],
  [
    'network',
    /\b(?:require\(|from\s+|import\(?\s*)["'](?:node:)?(?:https?|net|tls|dgram|http2|dns)["']|\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\s*\(|\bsendBeacon\b|\b(?:import|from)\s+(?:urllib|requests|httpx|aiohttp|socket|http\.client)\b|["'](?:axios|undici|got|node-fetch|request|ws)["']/,
  ],
  [
    'eval',
    /(?<![.\w$])eval\s*\(|\bnew\s+Function\s*\(|["'](?:node:)?vm["']|(?<![.\w])exec\s*\(\s*(?:compile|base64|zlib|codecs|marshal|__import__|bytes|requests|urllib)/,
  ],
  [
    'environment',
    /JSON\.stringify\(\s*process\.env\b|Object\.(?:entries|keys|assign|values)\(\s*(?:\{\}\s*,\s*)?process\.env\b|\.\.\.process\.env\b|\bdict\(\s*os\.environ\b|\bos\.environ\.(?:items|copy)\(/,
  ],
  [
    'credential-files',
    /\.npmrc\b|\.pypirc\b|\.aws\/credentials|\.ssh\/(?:id_|config|known)|\.netrc\b|\.docker\/config\.json|\.kube\/config|\.git-credentials|gcloud\/application_default_credentials|Login Data\b|Local State\b/,
  ],
  [
    'paste-host',
    /\b(?:pastebin\.com|webhook\.site|hastebin\.com|transfer\.sh|requestbin|pipedream\.net|ngrok(?:-free)?\.(?:io|app|dev)|discord(?:app)?\.com\/api\/webhooks|api\.telegram\.org\/bot|oast\.(?:fun|pro|live|site|me)|interact\.sh|burpcollaborator)/,
  ],
];

const SOME_ENVIRONMENT = /\bprocess\.env\b|\bos\.environ\b|\bos\.getenv\b/;

/** Ids of what one file shows, sorted; empty for what is neither code, map nor binary. */
export function capabilitiesOf(file: {
  readonly path: string;
  readonly form: SummaryFile['form'];
  readonly content: Uint8Array;
}): readonly string[] {
  if (file.form === 'native') return ['native-code'];
  if (/\.map$/i.test(file.path)) return embedsSources(file.content) ? ['embedded-sources'] : [];
  const hasShebang = file.content[0] === 0x23 && file.content[1] === 0x21;
  if (file.form !== 'text' || !(isCode(file.path) || hasShebang)) return [];
  const { buffer, byteOffset, length } = file.content;
  const text = Buffer.from(buffer, byteOffset, length).toString('latin1');
  const found = PATTERNS.filter(([, pattern]) => pattern.test(text)).map(([id]) => id);
  if (found.includes('network') && SOME_ENVIRONMENT.test(text))
    found.push('environment-and-network');
  return found.sort();
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
