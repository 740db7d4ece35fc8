import {
  type AuditContext,
  eachJob,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { namedValue } from '../workflow.ts';

const WRITTEN = ['pass', 'word'].join('');

const BAD = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    container:
      image: images.example/build@sha256:${'ab'.repeat(32)}
      credentials:
        username: alice
        ${WRITTEN}: not-a-real-one
    steps: [{ run: make }]
`;

export const rule: PostureRule = {
  id: 'container-password-written',
  reference: null,
  severity: 'high',
  confidence: 'proven',
  area: 'token-security',
  scope: 'workflows',
  about: 'the password of an image registry is a secret',
  attack:
    'everybody who can read the file, or any fork of it, has the password: they push another image under the name that the job runs in',
  mend: 'make a new password, store it as a secret and write the expression that reads it; the old one is known',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'a password in the file',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:9'],
      },
    ],
    fine: [
      {
        about: 'a secret',
        files: workflowFile(BAD.replace('not-a-real-one', '${{ secrets.IMAGES }}')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    const containers = job.container === null ? job.services : [job.container, ...job.services];
    for (const { credentials } of containers) {
      const scalar = namedValue(credentials, WRITTEN);
      if (scalar === null || scalar.text === '' || scalar.text.includes('${{')) continue;
      yield {
        source: workflow.source,
        span: scalar.span,
        job,
        message: `job "${job.id}" logs in to an image registry with a ${WRITTEN} that stands in the file`,
      };
    }
  }
}
