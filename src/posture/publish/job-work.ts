/** What a job runs besides publishing: code of dependencies, of the project, and checks. */

import type { ShellCommand } from '../shell-command.ts';
import type { SourceText, Span } from '../source-text.ts';
import { commandText, stepCommands } from '../step-command.ts';
import { usesName } from '../uses-reference.ts';
import { type Job, namedValue, type Step } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';
import { publishCommand } from './publish-command.ts';

export type Work = 'install' | 'build' | 'test';

export interface WorkPlace {
  readonly work: Work;
  /** What does it, shortened for messages. */
  readonly what: string;
  readonly step: Step;
  readonly command: ShellCommand | null;
  readonly span: Span;
}

/** What may stand before the program. */
const RUNNER =
  '(?:npx (?:-\\S+ )*|pnpm (?:exec|dlx) |pnpx |bunx |bun x |yarn (?:run |dlx |exec )?|uv run (?:-\\S+ (?:[^-\\s]\\S* )?)*|uvx |pipx run |poetry run |pdm run |hatch run |python3? -m |py -m |bundle exec |corepack )?';

/** Clients and builders that a publish job needs; installing them from an index is for another rule. */
const TOOLS =
  /^(?:pip|uv|build|twine|id|wheel|setuptools|hatch|flit|poetry|pdm|keyring|packaging|npm|pnpm|yarn|corepack)(?:[=<>~!@[].*)?$/;

const FORMS: readonly (readonly [Work, RegExp])[] = [
  [
    'test',
    new RegExp(
      `^${RUNNER}(?:vitest|jest|mocha|ava|pytest|tox|nox|ruff|eslint|biome|oxlint|mypy|pyright|flake8|black|pre-commit|playwright|cypress|ctest|xo|standard|publint|attw)\\b`,
    ),
  ],
  [
    'test',
    /^(?:npm|pnpm|yarn|bun) (?:-\S+ )*(?:(?:run|run-script) )?(?:t|tst|test|tests|lint|check|checks|verify|validate|typecheck|type-check|types|coverage|cov|e2e|spec|unit|integration)(?:[:\-_]\S+)?(?: |$)/,
  ],
  [
    'test',
    /^(?:npm|pnpm|yarn|bun) (?:-\S+ )*(?:run|run-script) (?:\S+[:\-_])?(?:test|lint|check|verify|typecheck)\S*(?: |$)/,
  ],
  [
    'test',
    /^(?:make|just|task|invoke|inv|rake|nx|turbo|lerna) (?:run(?:-many)? )?(?:.* )?(?:test|tests|check|lint|verify|ci)(?: |$)/,
  ],
  ['test', new RegExp(`^${RUNNER}(?:nx|turbo|lerna) .*\\b(?:test|lint|check)\\b`)],
  [
    'test',
    /^(?:cargo (?:test|clippy|nextest)|go (?:test|vet)|hatch test|hatch run (?:\S+:)?(?:test|lint|cov)\S*|python3? -m unittest|python3? setup\.py test|deno (?:test|lint)|dotnet test|gradlew? .*\bcheck|mvn (?:.* )?(?:test|verify))(?: |$)/,
  ],
  [
    'install',
    /^(?:npm|pnpm) (?:-\S+ (?:[\w./@][\w./@-]* )?)*(?:ci|clean-install|install|i|add|install-ci-test|cit)(?: |$)/,
  ],
  ['install', /^yarn(?: -\S+)*(?:$| (?:install|add)(?: |$))/],
  ['install', /^(?:yarn|bun) (?:-\S+ (?:[\w./@][\w./@-]* )?)*(?:install|add|i)(?: |$)/],
  ['install', /^(?:python3? -m |py -m |uv |sudo )?pip3? install /],
  [
    'install',
    /^(?:uv sync|poetry install|pdm (?:install|sync)|pipenv (?:install|sync)|bundle install|composer install|lerna bootstrap|rush install|pixi install|conda (?:env )?(?:install|create|update))(?: |$)/,
  ],
  ['build', /^(?:npm|pnpm) (?:-\S+ (?:[\w./@][\w./@-]* )?)*(?:run|run-script|rebuild) /],
  [
    'build',
    /^(?:pnpm|yarn|bun) (?:-\S+ )*(?:run )?(?:build|compile|bundle|dist|prepare|prepack)(?:[:\-_]\S*)?(?: |$)/,
  ],
  ['build', /^(?:yarn|bun) run /],
  [
    'build',
    new RegExp(
      `^${RUNNER}(?:tsc|tsup|rollup|vite build|webpack|esbuild|babel|unbuild|turbo|nx|lerna run|gulp|grunt|build|cibuildwheel|maturin build|flit build|hatch build|pdm build|poetry build)(?: |$)`,
    ),
  ],
  ['build', /^(?:\.\/)?(?:make|just|cmake|gradlew|gradle|mvn|bazel|rake)(?: |$)/],
  [
    'build',
    /^(?:uv build|cargo build|go build|docker (?:buildx )?build|python3? setup\.py (?:sdist|bdist\S*|build|install|develop)|npm pack|pnpm pack|yarn pack|bun pm pack)(?: |$)/,
  ],
];

const ACTIONS: readonly (readonly [Work, RegExp])[] = [
  [
    'install',
    /^(?:bahmutov\/npm-install|borales\/actions-yarn|pnpm\/action-setup|py-actions\/py-dependency-install|snok\/install-poetry)$/,
  ],
  [
    'build',
    /^(?:pypa\/cibuildwheel|hynek\/build-and-inspect-python-package|pyo3\/maturin-action|messense\/maturin-action|casperdcl\/deploy-pypi)$/,
  ],
  [
    'test',
    /^(?:pre-commit\/action|cypress-io\/github-action|golangci\/golangci-lint-action|astral-sh\/ruff-action|chartboost\/ruff-action|psf\/black|biomejs\/setup-biome-run)$/,
  ],
];

const known = new WeakMap<Job, readonly WorkPlace[]>();

/** Everything of that kind in the job, in order. What publishes is no work in this sense. */
export function workOf(source: SourceText, job: Job): readonly WorkPlace[] {
  const before = known.get(job);
  if (before !== undefined) return before;
  const found = job.steps.flatMap((step) => [...workOfStep(source, step)]);
  known.set(job, found);
  return found;
}

function* workOfStep(source: SourceText, step: Step): Generator<WorkPlace> {
  const action = ACTIONS.find(([, pattern]) => pattern.test(usesNameOf(step)));
  if (action !== undefined && step.uses !== null && runsInstall(step)) {
    const span = step.uses.scalar.span;
    yield { work: action[0], what: usesNameOf(step), step, command: null, span };
  }
  for (const command of stepCommands(step)) {
    const text = commandText(command).slice(0, 400);
    const work = workOfCommand(command, text);
    if (work === null || step.run === null) continue;
    const span = placeInScalar(source, step.run, command.index, text.length);
    yield { work, what: text.slice(0, 60), step, command, span };
  }
}

function usesNameOf(step: Step): string {
  return step.uses === null ? '' : usesName(step.uses.reference);
}

/** pnpm's set-up action installs dependencies only when it is told to. */
function runsInstall(step: Step): boolean {
  if (usesNameOf(step) !== 'pnpm/action-setup') return true;
  const told = namedValue(step.inputs, 'run_install')?.text.trim() ?? 'false';
  return !/^(?:false|null|)$/.test(told);
}

function workOfCommand(command: ShellCommand, text: string): Work | null {
  if (publishCommand(command) !== null) return null;
  const found = FORMS.find(([, pattern]) => pattern.test(text));
  if (found === undefined || /--(?:version|help)\b/.test(text)) return null;
  return found[0] === 'install' && installsOnlyTools(command) ? null : found[0];
}

/** `npm install -g npm@latest` and `pip install twine build` bring the client itself. */
function installsOnlyTools(command: ShellCommand): boolean {
  const words = command.words.map((word) => word.text);
  const at = words.findIndex((word) => /^(?:install|i|add)$/.test(word));
  const named = words.slice(at + 1).filter((word) => !word.startsWith('-'));
  const isPip = words.includes('pip') || words.includes('pip3');
  const isGlobal = words.some((word) => word === '-g' || word === '--global');
  if (at === -1 || named.length === 0 || !(isPip || isGlobal)) return false;
  return named.every((word) => TOOLS.test(word));
}
