import { SUPERFLUOUS_ACTIONS } from '../action-name.ts';
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
      - uses: softprops/action-gh-release@v2
`;

export const rule: PostureRule = {
  id: 'action-superfluous',
  reference: 'W27',
  severity: 'info',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'no action does what one line of shell does',
  attack:
    'each action is one more repository whose owner can change what the job runs; where the runner has a program for it, nothing is gained for that',
  mend: 'call the program that the message names in a run: step with a token of its own',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'an action that creates a release',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:6'],
      },
    ],
    fine: [
      {
        about: 'one that does what no program of the runner does',
        files: workflowFile(
          BAD.replace('softprops/action-gh-release@v2', 'actions/attest-build-provenance@v2'),
        ),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, uses } of eachUses(context)) {
    const name = usesRepository(uses.reference).toLowerCase();
    const line = SUPERFLUOUS_ACTIONS.get(name);
    if (line === undefined) continue;
    const message = `${name} does what "${line}" does without it`;
    yield { source, span: uses.scalar.span, message, ...(job !== null && { job }) };
  }
}
