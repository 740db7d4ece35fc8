import { leavesRecord } from '../publish/care.ts';
import { publishSecrets } from '../publish/publish-secret.ts';
import { isBehindGateway, type ReleaseAct, releaseActs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;

export const rule: PostureRule = {
  id: 'audit-record-missing',
  reference: null,
  severity: 'low',
  confidence: 'plausible',
  area: 'audit-trail',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'every publication leaves a record that somebody can check later',
  attack:
    'after an incident nobody can tell which versions the pipeline published, from which commit and with whose consent: logs of runs are deleted after 90 days and can be deleted before',
  mend: 'publish by trusted publishing or with provenance, attest the packed files, or send them to a gateway whose ledger names artifact, commit and approvers',
  incidents: ['I16', 'I17'],
  examples: {
    bad: [
      {
        about: 'a publication by token and without provenance',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'a pipeline of GitLab that publishes by token',
        files: pipelineFile(`publish: { script: [twine upload dist/*] }
`),
        found: ['.gitlab-ci.yml:1'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that signs what it publishes',
        files:
          pipelineFile(`publish: { script: [cosign sign-blob package.tgz, npm publish package.tgz] }
`),
      },
      {
        about: 'provenance',
        files: workflowFile(BAD.replace('npm publish', 'npm publish --provenance')),
      },
      {
        about: 'trusted publishing, which makes provenance by itself',
        files: workflowFile(
          BAD.replace(/ {8}env:[\s\S]*/, '').replace(
            '    steps',
            '    permissions:\n      id-token: write\n    steps',
          ),
        ),
      },
      {
        about: 'an attestation of the packed file',
        files: workflowFile(
          BAD.replace(
            '      - run',
            `      - uses: actions/attest-build-provenance@v3
        with:
          subject-path: aitbc-explorer-web-1.0.0.tgz
      - run`,
          ),
        ),
      },
      {
        about: 'the ledger of a gateway',
        files: workflowFile(BAD.replace('.tgz', '.tgz --registry https://gateway.example/npm/')),
        gateway: { path: 'countersign.yaml', origin: 'https://gateway.example', packages: [] },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  if (hasProvenanceByDefault(context)) return;
  const acts = releaseActs(context).filter(
    (one) => one.act.ecosystem !== 'other' && !isBehindGateway(one) && !hasProvenance(one),
  );
  for (const [workflow, own] of Map.groupBy(acts, (one) => one.power.workflow)) {
    const [first] = own;
    if (first === undefined) continue;
    if (workflow.jobs.some((job) => job.steps.some(leavesRecord))) continue;
    yield {
      source: workflow.source,
      span: first.act.span,
      job: first.power.job,
      message: `job "${first.power.job.id}" publishes with ${first.act.tool}, and leaves no record but its log`,
    };
  }
}

/** Identities bring provenance or attestations along. */
function hasProvenance({ power, act }: ReleaseAct): boolean {
  return power.mintsIdentity && publishSecrets(power, act).length === 0;
}

function hasProvenanceByDefault(context: AuditContext): boolean {
  const manifest = context.files.get('package.json')?.text ?? '';
  const settings = context.files.get('.npmrc')?.text ?? '';
  return (
    /"publishConfig"\s*:\s*\{[^{}]*"provenance"\s*:\s*true/.test(manifest) ||
    /^\s*provenance\s*=\s*true/m.test(settings)
  );
}
