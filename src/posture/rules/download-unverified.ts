import {
  type AuditContext,
  eachStep,
  isOnPath,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';

const BAD = `on: push
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: |
          curl -fsSL https://tools.example/install.sh | sudo bash -s -- -y
          npm publish
`;

export const rule: PostureRule = {
  id: 'download-unverified',
  reference: 'W26',
  severity: 'high',
  confidence: 'plausible',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'on the way to a release nothing runs that was fetched without a check',
  attack:
    "whoever gets hold of the server, the bucket or the short address behind the download runs commands in the job that publishes: the program that ran yesterday says nothing of today's",
  mend: 'pin a version and compare its digest before it runs (sha256sum --check), or take the tool from a lock file or an action that is pinned',
  incidents: ['I04', 'I36'],
  examples: {
    bad: [
      {
        about: 'a script of the net into a shell',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'other ways to the same',
        files: workflowFile(
          BAD.replace(
            /curl.*/,
            'bash <(curl -s https://tools.example/install)\n          sh -c "$(wget -qO- https://tools.example/i.sh)"\n          iex "& { $(irm https://tools.example/i.ps1) }"',
          ),
        ),
        found: [
          '.github/workflows/release.yml:7',
          '.github/workflows/release.yml:8',
          '.github/workflows/release.yml:9',
        ],
      },
      {
        about: 'a program that is fetched and started',
        files: workflowFile(
          BAD.replace(
            /curl.*/,
            'curl -sSLo tool https://tools.example/tool\n          chmod +x tool\n          ./tool',
          ),
        ),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'an archive that is unpacked as it comes',
        files: workflowFile(
          BAD.replace(
            /curl.*/,
            'curl -sL https://tools.example/t.tar.gz | tar -xz -C /usr/local/bin',
          ),
        ),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'a pipeline of GitLab',
        files: pipelineFile(`publish:
  script:
    - curl -sSf https://get.example/tool.sh | sh
    - npm publish package.tgz
`),
        found: ['.gitlab-ci.yml:3'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that tests with what it fetches, where nothing is published',
        files: pipelineFile(`test: { script: ["curl -sSf https://get.example/tool.sh | sh"] }
`),
      },
      {
        about: 'a file that is compared before it runs',
        files: workflowFile(
          BAD.replace(
            /curl.*/,
            'curl -fsSLo install.sh https://tools.example/install.sh\n          sha256sum --check tools.sha256\n          bash install.sh',
          ),
        ),
      },
      {
        about: 'an answer that is read and not run',
        files: workflowFile(BAD.replace(/\| sudo.*/, '| jq .version')),
      },
      {
        about: 'tests that publish nothing',
        files: workflowFile(BAD.replace('npm publish', 'npm test'), 'test'),
      },
    ],
  },
  check,
};

const FETCH = '(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod)';
/** `fetch ... | sh`, `sh <(fetch ...)`, `sh -c "$(fetch ...)"`, `iex (irm ...)`, `fetch ... | tar x`. */
const SHAPES: readonly RegExp[] = [
  new RegExp(
    `\\b${FETCH}\\b[^\\n;&]{0,400}\\|\\s*(?:sudo\\s+(?:-[a-zA-Z]+\\s+)*)?(?:env\\s+)?(?:[A-Z_]+=\\S{0,80}\\s+)*(?:/(?:usr/)?bin/)?(?:bash|sh|zsh|dash|python[0-9.]*|node|perl|ruby|iex|invoke-expression)\\b`,
    'i',
  ),
  new RegExp(`\\b(?:bash|sh|zsh|source|\\.)\\s+(?:-[a-z]+\\s+)*<\\(\\s*${FETCH}\\b`, 'i'),
  new RegExp(
    `\\b(?:bash|sh|zsh|eval|iex|invoke-expression)\\b[^\\n]{0,40}[$\\x60(]\\(?\\s*(?:new-object\\s+net\\.webclient|${FETCH}\\b)`,
    'i',
  ),
  new RegExp(`\\b${FETCH}\\b[^\\n;&]{0,400}\\|\\s*(?:sudo\\s+)?tar\\b`, 'i'),
];
/** A download into a file, and a file that is made a program. */
const TO_FILE =
  /\b(?:curl\b[^\n]{0,400}?\s-[a-zA-Z]*[oO]|wget|iwr|invoke-webrequest)\b[^\n]{0,400}https?:|\bcurl\b[^\n]{0,400}https?:[^\n]{0,400}\s(?:-[a-zA-Z]*[oO]\b|--output\b|>)/i;
const STARTS_FILE = /\bchmod\s+(?:[ugoa]*\+[rw]*x|0?[0-7]*7[0-7]{2})\b|\bdpkg\s+(?:-i|--install)\b/;

/** Something that compares: then nobody knows from here which download it was for. */
const CHECKS =
  /\b(?:sha(?:256|384|512)sum|shasum|b2sum|openssl\s+dgst|gpg\s+--verify|gpgv|cosign\s+verify|minisign|slsa-verifier|gh\s+attestation\s+verify|get-filehash)\b/i;

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, step } of eachStep(context)) {
    if (job === null || step.run === null || !isOnPath(context, job)) continue;
    const { text } = step.run;
    if (!/curl|wget|iwr|irm|invoke-|webclient/i.test(text) || CHECKS.test(text)) continue;
    const isStarted = STARTS_FILE.test(text);
    for (const line of logicalLines(text)) {
      if (/^\s*#/.test(line.text)) continue;
      const isPiped = SHAPES.some((shape) => shape.test(line.text));
      if (!isPiped && !(isStarted && TO_FILE.test(line.text))) continue;
      yield {
        source,
        span: placeInScalar(source, step.run, line.index, line.first),
        job,
        message: `job "${job.id}" runs what it fetches, unchecked, on the publish path`,
        ...(isPiped && context.path.of(job)?.acts.length !== 0 && { severity: 'critical' }),
      };
    }
  }
}

interface Line {
  readonly text: string;
  readonly index: number;
  /** Length of its first written line. */
  readonly first: number;
}

/** Lines with those that a backslash continues. */
function* logicalLines(text: string): Generator<Line> {
  let index = 0;
  let joined = '';
  let first = 0;
  let at = 0;
  for (const line of text.split('\n')) {
    if (joined === '') {
      index = at + (/\S/.exec(line)?.index ?? 0);
      first = Math.max(line.trim().length, 1);
    }
    at += line.length + 1;
    const isContinued = line.endsWith('\\') && joined.length < 2_000;
    joined += isContinued ? `${line.slice(0, -1)} ` : line;
    if (isContinued) continue;
    yield { text: joined, index, first };
    joined = '';
  }
  if (joined !== '') yield { text: joined, index, first };
}
