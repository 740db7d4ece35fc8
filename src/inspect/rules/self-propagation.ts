import { isCode } from '../artifact/file-kind.ts';
import { fileExample } from '../artifact/packed-file.ts';
import type { EntryProblem, EntryRule } from '../rule.ts';

const READS_TOKEN =
  /\.npmrc\b|[:"'`/]_authToken\b|(?<![\w$.])_authToken(?:=|\\s)|\bNPM_TOKEN\b|\bNODE_AUTH_TOKEN\b|\.pypirc\b|\bTWINE_PASSWORD\b|\bUV_PUBLISH_TOKEN\b/;
/** The same as words, for a search before anything is decoded. */
const TOKENS = [
  '.npmrc',
  '_authToken',
  'NPM_TOKEN',
  'NODE_AUTH_TOKEN',
  '.pypirc',
  'TWINE_PASSWORD',
  'UV_PUBLISH_TOKEN',
];
const PUBLISHES =
  /\b(?:npm|pnpm|bun)\s+publish\b|["'`]publish["'`]\s*[,\]]|\btwine\s+upload\b|\buv\s+publish\b|-\/npm\/v1\/(?:tokens|oidc)|\/-\/whoami/;
const HARVESTS =
  /\btrufflehog\b|\bgitleaks\b|\bShai-Hulud\b|toJSON\(\s*secrets\s*\)|169\.254\.169\.254|metadata\.google\.internal/i;
const WRITES_WORKFLOW = /\.github\/workflows\b/;
const FORGE =
  /api\.github\.com\b|\bgh\s+(?:api|repo|auth)\b|\bcreateOrUpdateFileContents\b|\bGITHUB_TOKEN\b/;
const DUMPS_SECRETS = /toJSON\(\s*secrets\s*\)/;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'self-propagation',
  version: 4,
  category: 'content',
  severity: 'critical',
  effect: 'hold',
  about:
    'Code that reads a publishing token and publishes, or plants a workflow that gives away the secrets of a repository',
  attack:
    'A worm publishes itself with the token of whoever installs it and writes workflows into their repositories: Shai-Hulud 1 (@ctrl/tinycolor, ngx-bootstrap, 500+) (I29), Shai-Hulud 2.0 (I30), GhostAction (817 repos, 3,325 secrets) (I27), CanisterWorm (66+ packages, 141 artifacts) (I35)',
  mend: 'Find out who put the code there; a tool whose work is publishing acknowledges the finding, or waives the rule',
  words: [...TOKENS, '.github/workflows'],
  everyWindow: true,
  *check({ path, kind, content }) {
    if (kind !== 'file' || !isCode(path)) return;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const problem = problemOf(bytes);
    if (problem !== null) yield problem;
  },
  examples: {
    bad: [
      {
        about: 'a token that is read and used to publish',
        make: () =>
          fileExample(
            'package/bundle.js',
            'const t = read(home + "/.npmrc"); run("npm publish --access public");',
          ),
      },
      {
        about: 'the same with a search for secrets',
        make: () =>
          fileExample(
            'package/bundle.js',
            'run("trufflehog filesystem /"); env.NPM_TOKEN; f("/-/whoami")',
          ),
      },
      {
        about: 'a workflow that gives away secrets',
        make: () =>
          fileExample(
            'package/a.js',
            'put("https://api.github.com/x/.github/workflows/a.yml", "${' +
              '{ toJSON(secrets) }}")',
          ),
      },
      {
        about: 'a workflow that is written over the API',
        make: () =>
          fileExample(
            'a.py',
            'put("https://api.github.com/repos/" + r + "/contents/.github/workflows/a.yml")',
          ),
      },
      {
        about: 'the same by another client',
        make: () => fileExample('package/bundle.js', 'read(home + "/.npmrc"); run("bun publish");'),
      },
    ],
    fine: [
      { about: 'ordinary code', make: () => fileExample('package/a.js', 'export {}') },
      {
        about: 'a tool that reads configuration',
        make: () => fileExample('package/a.js', 'const rc = read(".npmrc");'),
      },
      {
        about: 'properties and parameters that are called as the configuration',
        make: () =>
          fileExample(
            'package/a.js',
            'function A(_authToken) { this._authToken = _authToken; } define(exports, "publish", {});',
          ),
      },
      {
        about: 'documentation about publishing',
        make: () => fileExample('package/README.md', 'npm publish with NPM_TOKEN in .npmrc'),
      },
    ],
  },
};

function problemOf(bytes: Buffer): EntryProblem | null {
  const readsToken = () => TOKENS.some((one) => bytes.includes(one));
  const mayPublish =
    bytes.includes('publish') || bytes.includes('whoami') || bytes.includes('/npm/v1/');
  const mayPlant = bytes.includes('.github/workflows');
  if (!mayPlant && !(mayPublish && readsToken())) return null;
  const text = bytes.toString('latin1');
  if (mayPlant && WRITES_WORKFLOW.test(text)) {
    if (DUMPS_SECRETS.test(text)) {
      const message = 'it writes a workflow that gives away all secrets of a repository';
      return { message, effect: 'reject' };
    }
    if (FORGE.test(text)) return { message: 'it reaches into the workflows of repositories' };
  }
  if (!READS_TOKEN.test(text) || !PUBLISHES.test(text)) return null;
  return HARVESTS.test(text)
    ? { message: 'it looks for secrets, reads a publishing token and publishes', effect: 'reject' }
    : { message: 'it reads a publishing token and publishes' };
}
