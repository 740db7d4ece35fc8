/**
 * Sound workflows and pipelines with lines and words cut, doubled, moved and spliced. An audit must answer each,
 * soon, and whatever it would mend must still be one afterwards. The number of a case is all
 * that it depends on.
 */
import { auditRepository } from '../../src/posture/audit.ts';
import { applyFixes } from '../../src/posture/fix.ts';
import { POSTURE_RULES } from '../../src/posture/rule-set.ts';
import { inputsOf } from '../posture-fixture.ts';
import { createRandom, type Random } from './random.ts';

/** How many were still workflows, how many findings and fixes they had, and the slowest. */
export interface WorkflowOutcome {
  readonly read: number;
  readonly refused: number;
  readonly findings: number;
  readonly fixes: number;
  readonly slowestMs: number;
  readonly slowest: number;
}

const WORKFLOW = '.github/workflows/release.yml';
const PIPELINE = '.gitlab-ci.yml';

/** Words that mean something to YAML, to expressions, to shells or to rules. */
const WORDS = [
  '&a ',
  '*a',
  '<<: *a',
  '{',
  '}',
  '[',
  ']',
  '- ',
  ': ',
  '? ',
  '|\n',
  '>-\n',
  '---\n',
  '...\n',
  '!!map ',
  '%YAML 1.1\n',
  '\t',
  '\r\n',
  '\u0000',
  '\u2028',
  '\ud800',
  '"',
  "'",
  '#',
  '${{ ',
  ' }}',
  '${{ toJSON(secrets) }}',
  '${{ github.event.issue.title }}',
  'github[github[github[0]]]',
  "contains('",
  '$(',
  '`',
  'npm publish',
  'twine upload dist/*',
  'id-token: write',
  'permissions: write-all',
  'secrets: inherit',
  'uses: a/b@main',
  'needs: [a]',
  'on: pull_request_target',
  'jobs:',
  'steps:',
  '!reference [.a, script]',
  'extends: [.a, publish]',
  'include: [.gitlab-ci.yml]',
  'rules: [{ if: $CI_COMMIT_TAG =~ /^v(/ }]',
  'only: [tags]',
  'trigger: { include: .gitlab-ci.yml }',
  '.a: &a { script: [npm publish] }\n',
  '$CI_JOB_TOKEN ${NPM_TOKEN',
  'null',
  '1e999',
  '0x',
];

/** One file that is broken, and where it stands. */
interface Seed {
  readonly path: string;
  readonly text: string;
}

/** The files of all rules' examples. */
function workflowSeeds(): readonly Seed[] {
  return POSTURE_RULES.flatMap(({ examples }) =>
    [...examples.bad, ...examples.fine].flatMap((one) =>
      Object.entries(one.files).map(([path, text]) => ({
        path: path === PIPELINE ? PIPELINE : WORKFLOW,
        text,
      })),
    ),
  );
}

/** Runs the cases from `start` on. Throws at the first one that does not end well. */
export function runWorkflowCases(start: number, count: number): WorkflowOutcome {
  const seeds = workflowSeeds();
  let [read, refused, findings, fixes, slowestMs, slowest] = [0, 0, 0, 0, 0, start];
  for (let number = start; number < start + count; number += 1) {
    const seed = seeds[number % seeds.length] ?? { path: WORKFLOW, text: '' };
    const text = breakText(seed.text, seeds, createRandom(number));
    const began = performance.now();
    const outcome = tryCase(number, seed.path, text);
    const tookMs = performance.now() - began;
    if (outcome === null) refused += 1;
    else {
      read += 1;
      findings += outcome.findings;
      fixes += outcome.fixes;
    }
    if (tookMs > slowestMs) [slowestMs, slowest] = [tookMs, number];
  }
  return { read, refused, findings, fixes, slowestMs, slowest };
}

/** Null where the text is no workflow any more; that must be told, and not be silent. */
function tryCase(
  number: number,
  path: string,
  text: string,
): { findings: number; fixes: number } | null {
  try {
    const audit = auditRepository(inputsOf({ about: '', files: { [path]: text } }), POSTURE_RULES);
    if (audit.context.unread.length > 0) {
      if (audit.findings.some((one) => one.rule === 'workflow-unreadable')) return null;
      throw new Error('what could not be read was not told');
    }
    const fixed = applyFixes({ [path]: text }, [...audit.fixes.values()]);
    const again = auditRepository(inputsOf({ about: '', files: fixed.files }), POSTURE_RULES);
    if (again.context.unread.length > 0) {
      throw new Error(`a fix broke the workflow:\n${fixed.files[path]}`);
    }
    return { findings: audit.findings.length, fixes: fixed.applied.length };
  } catch (cause) {
    throw new Error(`case ${number} ended badly:\n${text}`, { cause });
  }
}

function breakText(sound: string, seeds: readonly Seed[], random: Random): string {
  let text = sound;
  for (let steps = 1 + random(2); steps > 0; steps -= 1) text = breakOnce(text, seeds, random);
  return text;
}

function breakOnce(text: string, seeds: readonly Seed[], random: Random): string {
  const lines = text.split('\n');
  const row = random(lines.length);
  const line = lines[row] ?? '';
  const at = random(text.length + 1);
  switch (random(9)) {
    case 0:
      return lines.toSpliced(row, 1 + random(3)).join('\n');
    case 1:
      return lines.toSpliced(row, 0, ...lines.slice(row, row + 1 + random(5))).join('\n');
    case 2:
      return lines.toSpliced(row, 1, `${' '.repeat(random(12))}${line.trimStart()}`).join('\n');
    case 3:
      return text.slice(0, at) + (WORDS[random(WORDS.length)] ?? '') + text.slice(at);
    case 4: {
      const other = (seeds[random(seeds.length)]?.text ?? '').split('\n');
      const from = random(other.length);
      return lines.toSpliced(row, 0, ...other.slice(from, from + 1 + random(8))).join('\n');
    }
    case 5:
      return text.slice(0, at);
    case 6:
      return text.slice(0, at) + text.slice(at + 1 + random(10));
    case 7: {
      const word = WORDS[random(WORDS.length)] ?? '';
      return lines.toSpliced(row, 1, line.replace(/:.*/, `: ${word}`)).join('\n');
    }
    default:
      return text.slice(0, at) + String.fromCharCode(random(0x250)) + text.slice(at + 1);
  }
}
