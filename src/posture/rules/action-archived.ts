import { ARCHIVED_ACTIONS } from '../archived-action.ts';
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
      - uses: actions-rs/toolchain@v1
`;

export const rule: PostureRule = {
  id: 'action-archived',
  reference: 'W27',
  severity: 'medium',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'actions have somebody who looks after them',
  attack:
    'an archived action keeps the holes that it has: nobody answers a report, and what it downloads goes stale or to somebody else',
  mend: 'move to an action that is kept, or to a line of shell',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'an action whose repository is archived',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:6'],
      },
    ],
    fine: [
      {
        about: 'one that is kept',
        files: workflowFile(
          BAD.replace('actions-rs/toolchain@v1', 'dtolnay/rust-toolchain@stable'),
        ),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, uses } of eachUses(context)) {
    const name = usesRepository(uses.reference).toLowerCase();
    if (!ARCHIVED_ACTIONS.has(name)) continue;
    const message = `${name} is archived: nobody mends what is found in it`;
    yield { source, span: uses.scalar.span, message, ...(job !== null && { job }) };
  }
}
