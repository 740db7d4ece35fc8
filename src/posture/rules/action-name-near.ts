import { nearKnownAction } from '../action-name.ts';
import {
  type AuditContext,
  eachUses,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { usesRepository } from '../uses-reference.ts';

const BAD = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: action/checkout@v4
`;

export const rule: PostureRule = {
  id: 'action-name-near',
  reference: 'W27',
  severity: 'high',
  confidence: 'weak',
  area: 'validation',
  scope: 'workflows',
  about: 'an action is the one that was meant',
  attack:
    'somebody registers the name of an owner with one letter wrong and waits for those who mistype it: the workflow runs their code and looks right',
  mend: 'compare the name with the documentation of the action that was meant, letter by letter',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'an owner with a letter missing',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:6'],
      },
    ],
    fine: [
      {
        about: 'the one that was meant',
        files: workflowFile(BAD.replace('action/checkout@v4', 'actions/checkout@v4')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, uses } of eachUses(context)) {
    if (uses.reference.kind !== 'repository') continue;
    const name = usesRepository(uses.reference).toLowerCase();
    const meant = nearKnownAction(name);
    if (meant === null) continue;
    const message = `${name} is one letter away from ${meant}`;
    yield { source, span: uses.scalar.span, message, ...(job !== null && { job }) };
  }
}
