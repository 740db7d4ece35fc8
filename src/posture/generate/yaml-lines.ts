/** Workflows are written line by line: what stands where is what a reader of the code sees. */
import type { PinnedAction } from './action-pins.ts';
import { VERIFIER_FOLDER, type WorkflowPlan } from './workflow-plan.ts';

/** One step; `run` is bash, line by line. */
export type PlannedStep =
  | {
      readonly name: string;
      readonly uses: PinnedAction;
      readonly inputs: Readonly<Record<string, string>>;
    }
  | {
      readonly name: string;
      readonly id?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly run: readonly string[];
    };

/** The lines of a job's steps, at the depth that they have in a workflow. */
export function stepLines(steps: readonly PlannedStep[], { pins }: WorkflowPlan): string[] {
  return steps.flatMap((step) => {
    const name = `      - name: ${step.name}`;
    if ('uses' in step) {
      const { commit, tag } = pins[step.uses];
      const inputs = entryLines(10, step.inputs);
      const given = inputs.length === 0 ? [] : ['        with:', ...inputs];
      return [name, `        uses: ${step.uses}@${commit} # ${tag}`, ...given];
    }
    return [
      name,
      ...(step.id === undefined ? [] : [`        id: ${step.id}`]),
      ...(step.env === undefined ? [] : ['        env:', ...entryLines(10, step.env)]),
      '        shell: bash',
      '        run: |',
      ...step.run.map((line) => (line === '' ? '' : `          ${line}`)),
    ];
  });
}

function entryLines(depth: number, entries: Readonly<Record<string, string>>): string[] {
  return Object.entries(entries).map(([key, value]) => `${' '.repeat(depth)}${key}: ${value}`);
}

/** Reads the commit at hand and leaves no credential behind. */
export function checkoutStep(inputs: Readonly<Record<string, string>> = {}): PlannedStep {
  return {
    name: 'Check out',
    uses: 'actions/checkout',
    inputs: { ...inputs, 'persist-credentials': 'false' },
  };
}

/** Node without a cache: what another run has put into one would be in the release. */
export const NODE_STEP: PlannedStep = {
  name: 'Set up Node',
  uses: 'actions/setup-node',
  inputs: { 'node-version': "'24'", 'package-manager-cache': 'false' },
};

/** Our own program, by a lock file of its own: the project's dependencies have no part in it. */
export const INSTALL_STEP: PlannedStep = {
  name: 'Install Countersign',
  run: [`npm ci --ignore-scripts --prefix ${VERIFIER_FOLDER}`],
};
