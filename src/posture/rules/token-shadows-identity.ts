import { removeEntry } from '../edits/line-edit.ts';
import { publishSecrets } from '../publish/publish-secret.ts';
import { releaseActs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type Fix,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { SecretUse } from '../secret-use.ts';
import type { SourceText } from '../source-text.ts';
import type { Job, NamedValue, Workflow } from '../workflow.ts';

const BAD = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;

const FIXED = BAD.slice(0, BAD.indexOf('        env:'));

const TWO = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
        with:
          password: \${{ secrets.PYPI_API_TOKEN }}
          packages-dir: wheels/
`;

export const rule: PostureRule = {
  id: 'token-shadows-identity',
  reference: 'W05',
  severity: 'high',
  confidence: 'proven',
  area: 'token-security',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'a job that publishes by its identity is given no token besides',
  attack:
    'the token is what the client uses, or falls back to without a word: trusted publishing looks switched on while the token goes on working for whoever stole it',
  mend: 'take the token away from the job, see one release leave by its identity, and revoke the token at the registry',
  incidents: ['I17', 'I38'],
  examples: {
    bad: [
      {
        about: 'NODE_AUTH_TOKEN beside id-token: write',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:13'],
        fixed: workflowFile(FIXED),
      },
      {
        about: 'a password beside id-token: write: the action uploads with the password',
        files: workflowFile(TWO),
        found: ['.github/workflows/release.yml:11'],
        fixed: workflowFile(TWO.replace(/ +password.*\n/, '')),
      },
      {
        about: 'a pipeline of GitLab with both',
        files: pipelineFile(`publish:
  id_tokens: { NPM_ID_TOKEN: { aud: npm } }
  variables: { NODE_AUTH_TOKEN: $NPM_TOKEN }
  script: [npm publish package.tgz]
`),
        found: ['.gitlab-ci.yml:3'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab with its identity alone',
        files: pipelineFile(`publish:
  id_tokens: { NPM_ID_TOKEN: { aud: npm } }
  script: [npm publish package.tgz]
`),
      },
      { about: 'the identity alone', files: workflowFile(FIXED) },
      {
        about: 'a token alone, which is for another rule',
        files: workflowFile(BAD.replace('id-token: write', 'contents: read')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const seen = new Set<SecretUse['scalar']>();
  for (const { power, act, destination } of releaseActs(context)) {
    if (!power.mintsIdentity || destination !== 'public' || act.ecosystem === 'other') continue;
    const { source } = power.workflow;
    for (const use of publishSecrets(power, act)) {
      if (seen.has(use.scalar)) continue;
      seen.add(use.scalar);
      const fix = withoutToken(source, power.workflow, power.job, use);
      yield {
        source,
        span: use.span,
        job: power.job,
        message: `job "${power.job.id}" may ask for an identity token and is given ${use.name.toUpperCase()} besides`,
        ...(fix === null ? {} : { fix }),
      };
    }
  }
}

function withoutToken(
  source: SourceText,
  workflow: Workflow,
  job: Job,
  use: SecretUse,
): Fix | null {
  const maps: readonly (readonly NamedValue[])[] = [
    use.step?.env ?? [],
    use.step?.inputs ?? [],
    job.env,
    workflow.env,
  ];
  for (const values of maps) {
    const entry = values.find((one) => one.value === use.scalar);
    const edit = entry === undefined ? null : removeEntry(source, values, entry);
    if (edit !== null) {
      return {
        about: `take ${use.target} away, so that the job publishes by its identity`,
        changesBehaviour: true,
        edits: [edit],
      };
    }
  }
  return null;
}
