/** Texts that are made to end the stack or to keep an expression busy are audited like all others. */
import { expect, it } from 'vitest';
import { auditRepository } from '../../src/posture/audit.ts';
import { workflowFile } from '../../src/posture/rule.ts';
import { POSTURE_RULES } from '../../src/posture/rule-set.ts';
import { inputsOf } from '../posture-fixture.ts';

const workflow = (condition: string, line = 'true'): string => `on: { push: { tags: ['v*'] } }
jobs:
  publish:
    if: ${condition}
    runs-on: ubuntu-latest
    steps:
      - run: |
          npm publish
          ${line}
`;

it.each([
  [
    'a chain of seven thousand operands',
    workflow(Array(6_900).fill('a').join(' || ').slice(0, 20_999)),
  ],
  [
    'a chain of conditions on refs',
    workflow(Array(400).fill("startsWith(github.ref,'refs/tags/')").join('||')),
  ],
  ['ten thousand properties', workflow(`a${'.a'.repeat(10_000)}`)],
  ['seven thousand indexes', workflow(`a${'[a]'.repeat(6_900)}`)],
  [
    'ten thousand properties in a script',
    workflow('true', `echo \${{ github${'.a'.repeat(10_000)} }}`),
  ],
  ['options that could be read in two ways each', workflow('true', `npm ${'--a=b '.repeat(60)}!`)],
  ['options with values that may be none', workflow('true', `uv run ${'--a b '.repeat(60)}!`)],
  [
    'words that end a command again and again',
    workflow('true', `yarn ${'add x '.repeat(60)}'a\n          b'`),
  ],
])('%s', (_, text) => {
  const audit = auditRepository(inputsOf({ about: '', files: workflowFile(text) }), POSTURE_RULES);
  expect(audit.context.path.jobs[0]?.acts).toHaveLength(1);
});
