/** What a workflow does around a publication: scans, records, notices. By known actions and commands. */
import type { ShellCommand } from '../shell-command.ts';
import { commandText, stepCommands } from '../step-command.ts';
import { usesName } from '../uses-reference.ts';
import { namedValue, type Step, type Workflow } from '../workflow.ts';

/** What may start a program that was not installed before. */
const STARTED = '(?:npx (?:-\\S+ )*|pnpm (?:dlx|exec) |bunx |uvx |pipx run |docker run .*|\\./)?';
const SCANNERS = new RegExp(
  `^${STARTED}(?:\\S*/)?(?:countersign (?:scan|submit|inspect)|gitleaks|trufflehog|ggshield|detect-secrets|detect-secrets-hook|secretlint|kingfisher|noseyparker|ripsecrets|whispers|git-secrets|betterleaks|trivy (?:fs|rootfs|filesystem) .*secret)(?:[@: ]|$)`,
);
const SCAN_ACTIONS =
  /^(?:gitleaks\/gitleaks-action|trufflesecurity\/trufflehog|gitguardian\/ggshield(?:-action)?|mongodb\/kingfisher|secretlint\/)|\/countersign(?:-action)?(?:\/|$)/;

/** Whether the step looks for secrets. */
export function scansForSecrets(step: Step): boolean {
  if (SCAN_ACTIONS.test(nameOf(step))) return true;
  if (nameOf(step) === 'aquasecurity/trivy-action') {
    return namedValue(step.inputs, 'scanners')?.text.includes('secret') ?? true;
  }
  return runs(step, SCANNERS);
}

const RECORD_ACTIONS =
  /^(?:actions\/attest(?:-.*)?|slsa-framework\/slsa-github-generator.*|sigstore\/(?:cosign-installer|gh-action-sigstore-python)|astral-sh\/attest-action|in-toto\/.*)$|\/countersign(?:-action)?(?:\/|$)/;
const RECORDS =
  /^(?:cosign (?:sign|attest)|witness run|in-toto-|(?:\S*\/)?countersign |python3? -m sigstore sign|sigstore sign|rekor-cli upload)|audit[-_ ]?(?:log|trail|record)/;

/** Whether the step leaves something behind by which the publication can be checked later. */
export function leavesRecord(step: Step): boolean {
  const name = nameOf(step);
  if (RECORD_ACTIONS.test(name) || /audit[-_](?:log|trail|record)/.test(name)) return true;
  if (namedValue(step.inputs, 'attest-build-provenance-github')?.text === 'true') return true;
  if (/audit[-_ ]?(?:log|trail|record)/i.test(step.name?.text ?? '')) return true;
  return runs(step, RECORDS) || asksForProvenance(step);
}

/** `npm publish --provenance`, or the same by the environment. */
function asksForProvenance(step: Step): boolean {
  const asked = namedValue(step.env, 'NPM_CONFIG_PROVENANCE')?.text.trim();
  return asked === 'true' || runs(step, / --provenance(?:=true)?(?: |$)/);
}

const NOTICE_ACTIONS =
  /slack|discord|teams|telegram|mail|notif|mattermost|matrix-|webhook|announce|pushover|ntfy|gotify|rocketchat/;
/** A forge release tells everybody who watches the repository. */
const RELEASE_ACTIONS =
  /^(?:softprops\/action-gh-release|ncipollo\/release-action|actions\/create-release|release-drafter\/.*|goreleaser\/goreleaser-action|changesets\/action|googleapis\/release-please-action|google-github-actions\/release-please-action|marvinpinto\/.*automatic-releases|elgohr\/github-release-action|svenstaro\/upload-release-action|.*semantic-release.*|release-plz\/action|marcoieni\/release-plz-action)$/;
const NOTICES =
  /^(?:release-cli create|glab release create|gh (?:release create|issue (?:create|comment)|pr comment|api .*(?:releases|issues|discussions))|sendmail|mail |mutt |ntfy )|^(?:npx )?(?:\S*\/)?(?:semantic-release|release-it|np|changeset publish|auto shipit)\b|^curl .*(?:hooks?\b|webhook|slack|discord|telegram|notify)|notify/i;

/** Whether the step tells people. */
export function tellsPeople(step: Step): boolean {
  const name = nameOf(step);
  return NOTICE_ACTIONS.test(name) || RELEASE_ACTIONS.test(name) || runs(step, NOTICES);
}

/** Whether somebody was told by what started the workflow: a forge release has watchers. */
export function startsWithNotice(workflow: Workflow): boolean {
  return workflow.triggers.some(({ event }) => event === 'release');
}

function nameOf(step: Step): string {
  return step.uses === null ? '' : usesName(step.uses.reference);
}

function runs(step: Step, pattern: RegExp): boolean {
  return stepCommands(step).some((command: ShellCommand) =>
    pattern.test(commandText(command).slice(0, 400)),
  );
}
