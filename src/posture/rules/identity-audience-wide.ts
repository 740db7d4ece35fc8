import type { IdToken } from '../gitlab/pipeline.ts';
import {
  type AuditContext,
  eachJob,
  isOnPath,
  type PostureRule,
  type Problem,
  pipelineFile,
} from '../rule.ts';

const BAD = `publish:
  environment: release
  id_tokens:
    PYPI_ID_TOKEN: { aud: [pypi, https://vault.example] }
  script: [twine upload dist/*]
deploy:
  id_tokens:
    CLOUD_ID_TOKEN: { aud: '*' }
    OTHER_ID_TOKEN: { aud: $CI_SERVER_URL }
  script: [./deploy.sh]
`;

export const rule: PostureRule = {
  id: 'identity-audience-wide',
  reference: null,
  severity: 'high',
  confidence: 'proven',
  area: 'token-security',
  scope: 'workflows',
  forges: ['gitlab'],
  about: 'an identity token of GitLab is meant for one receiver',
  attack:
    'whoever receives the token, or reads the log of one of its receivers, shows it to the registry, which takes it for the project',
  mend: 'ask for a token of its own for each receiver, with the one audience that this receiver expects',
  incidents: ['I44'],
  examples: {
    bad: [
      {
        about: 'one token for two receivers, one for all, and one for the forge itself',
        files: pipelineFile(BAD),
        found: ['.gitlab-ci.yml:4', '.gitlab-ci.yml:8', '.gitlab-ci.yml:9'],
      },
    ],
    fine: [
      {
        about: 'a token for each receiver',
        files: pipelineFile(`publish:
  environment: release
  id_tokens:
    PYPI_ID_TOKEN: { aud: pypi }
    VAULT_ID_TOKEN: { aud: https://vault.example }
  script: [twine upload dist/*]
`),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    for (const token of job.pipeline?.idTokens ?? []) {
      const found = wideness(token);
      if (found === null) continue;
      yield {
        source: workflow.source,
        span: token.span,
        job,
        ...(!isOnPath(context, job) && { severity: 'medium' }),
        message: `${token.name.slice(0, 60)} of job "${job.id}" is ${found}`,
      };
    }
  }
}

/** In one clause; null for a token of one receiver. An audience that is missing is refused by the forge. */
function wideness({ audiences }: IdToken): string | null {
  const texts = audiences.map(({ text }) => text.trim());
  if (texts.some((text) => text.includes('*'))) return 'meant for every receiver';
  if (texts.length > 1) return `meant for ${texts.length} receivers at once`;
  const isOfForge = texts.some((text) => /^\$\{?CI_SERVER_(?:URL|HOST|FQDN)\}?$/.test(text));
  return isOfForge ? 'meant for the forge itself, as every project may ask for' : null;
}
