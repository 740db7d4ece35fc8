/** What must hold between a manifest, its inspection report and the signed rules. */
import { type AcceptedFinding, acceptedBy } from '../core/accepted-finding.ts';
import { choosePolicy, requireRightPolicy } from '../core/choose-policy.ts';
import { CountersignError } from '../core/errors.ts';
import { type Finding, verdictOf } from '../core/finding.ts';
import { breakGlassRule } from '../core/governance-rule.ts';
import type { InspectionInputs, InspectionReport, Manifest } from '../core/manifest.ts';
import type { ApprovalRule, Policy, PolicyDocument, Project } from '../core/policy.ts';

/** The policy that judges a manifest. Throws `evidence-invalid` where the rules do not have it. */
export function policyOf(manifest: Manifest, document: PolicyDocument): Policy {
  const project = projectOf(manifest, document);
  if (!project.policies.includes(manifest.policy.name)) {
    fail(`project ${manifest.project} has no policy ${manifest.policy.name}`);
  }
  const chosen = choosePolicy(document, project, manifest.tag, manifest.policy.name);
  requireRightPolicy(document, project, manifest.tag, chosen);
  if (chosen.version !== manifest.version) {
    fail(`tag ${manifest.tag} is version ${chosen.version}, the manifest says ${manifest.version}`);
  }
  return chosen.policy;
}

/** Break-glass only where the rules in force allow it. */
export function ruleOf(manifest: Manifest, policy: Policy, rules: PolicyDocument): ApprovalRule {
  if (manifest.breakGlass === undefined) return policy.approvals;
  if (rules.governance?.breakGlass === undefined)
    fail('the release was opened as an emergency, which the signed rules do not allow');
  return breakGlassRule(policy.approvals);
}

/** The project of a manifest. Throws `evidence-invalid` where the rules do not have it. */
export function projectOf(manifest: Pick<Manifest, 'project'>, document: PolicyDocument): Project {
  const project = own(document.projects, manifest.project);
  return project ?? fail(`the signed rules have no project ${manifest.project}`);
}

/** Every artifact belongs to the project and goes where the signed rules say. */
export function checkTargets(manifest: Manifest, document: PolicyDocument): void {
  const packages = own(document.projects, manifest.project)?.packages ?? [];
  const files = new Set<string>();
  for (const artifact of manifest.artifacts) {
    if (files.has(artifact.file)) fail(`the manifest names ${artifact.file} twice`);
    files.add(artifact.file);
    const known = packages.find(
      (one) => one.ecosystem === artifact.ecosystem && one.name === artifact.package,
    );
    if (known === undefined) fail(`${artifact.package} does not belong to ${manifest.project}`);
    const signed = own(document.upstreams, known.upstream);
    const named = manifest.upstreams.find((one) => one.name === known.upstream);
    if (signed === undefined || named === undefined) fail(`${artifact.file} has no upstream`);
    if (
      named.url !== signed.url ||
      named.ecosystem !== signed.ecosystem ||
      named.mode !== signed.mode
    ) {
      fail(
        `upstream ${known.upstream} is ${signed.url} (${signed.mode}) in the signed rules, the manifest says ${named.url} (${named.mode})`,
      );
    }
  }
  if (manifest.artifacts.length === 0) fail('the manifest names no artifacts');
  for (const tag of manifest.distTags) {
    const goes = manifest.artifacts.some(
      (one) =>
        one.package === tag.package && one.version === tag.to && one.ecosystem === tag.ecosystem,
    );
    if (!goes)
      fail(
        `dist-tag ${tag.tag} would move to ${tag.package} ${tag.to}, which is not in this release`,
      );
  }
}

/** Findings that every counted signature must acknowledge, and those it must waive. */
export interface Answerable {
  readonly toAcknowledge: readonly string[];
  readonly toWaive: readonly string[];
}

export function findingsOf(report: InspectionReport): readonly Finding[] {
  return [...report.findings, ...report.artifacts.flatMap((one) => one.findings)];
}

/**
 * Says what approvers must answer for. Throws `evidence-invalid` where a report stands in the way:
 * something was unread, or a rejecting rule may not be waived.
 */
export function answerable(report: InspectionReport, policy: Policy): Answerable {
  const findings = findingsOf(report);
  const unread = [...report.unread, ...report.artifacts.flatMap((one) => one.unread)];
  if (unread.length > 0) fail(`inspection could not read ${unread[0]?.path ?? 'something'}`);
  const rejecting = findings.filter((one) => one.effect === 'reject');
  const final = rejecting.find((one) => !policy.waivable.includes(one.rule));
  if (final !== undefined) fail(`inspection refused: ${final.rule}: ${final.message}`);
  return {
    toAcknowledge: findings
      .filter((one) => one.effect === 'hold' && answeredFor(one, report, policy) === null)
      .map((one) => one.fingerprint),
    toWaive: rejecting.map((one) => one.fingerprint),
  };
}

/** The entry of the signed rules that answers for a held finding; null where none does. */
export function answeredFor(
  finding: Finding,
  { inputs }: Pick<InspectionReport, 'inputs'>,
  { accepted = [] }: Pick<Policy, 'accepted'>,
): AcceptedFinding | null {
  return acceptedBy(finding, accepted, inputs.times?.askedAt);
}

/** What the report allows under this policy: waivable rejections only hold, and what the signed
 * rules answer for holds nothing. */
export function verdictUnder(report: InspectionReport, policy: Policy) {
  const findings = findingsOf(report).map((one): Finding => {
    if (one.effect === 'reject' && policy.waivable.includes(one.rule)) {
      return { ...one, effect: 'hold' };
    }
    return answeredFor(one, report, policy) === null ? one : { ...one, effect: 'note' };
  });
  return verdictOf(findings, [...report.unread, ...report.artifacts.flatMap((one) => one.unread)]);
}

/** The files of the version before as a manifest names them. */
export function manifestBaselines(inputs: InspectionInputs): Manifest['baselines'] {
  return inputs.baselines.map(({ ecosystem, package: name, version, file, sha256 }) => ({
    ecosystem,
    package: name,
    version,
    file,
    sha256,
  }));
}

/** The report speaks of this manifest's bytes, under this manifest's policy. */
export function checkReport(manifest: Manifest, report: InspectionReport, policy: Policy): void {
  const { inputs } = report;
  if (
    inputs.project !== manifest.project ||
    inputs.tag !== manifest.tag ||
    inputs.version !== manifest.version ||
    inputs.commit !== manifest.commit ||
    inputs.policy.name !== manifest.policy.name ||
    inputs.policy.document !== manifest.policy.document ||
    inputs.source.grade !== manifest.source.grade
  ) {
    fail('the inspection report is about another release');
  }
  const inspected = new Map(report.artifacts.map((one) => [one.path, one.sha256]));
  for (const artifact of manifest.artifacts) {
    if (inspected.get(artifact.file) !== artifact.sha256) {
      fail(`the inspection report does not cover ${artifact.file}`);
    }
  }
  if (inspected.size !== manifest.artifacts.length)
    fail('the inspection report covers other files');
  const [named, compared] = [manifest.baselines, manifestBaselines(inputs)].map((list) =>
    JSON.stringify(list.map((one) => [one.ecosystem, one.package, one.file, one.sha256]).sort()),
  );
  if (named !== compared) {
    fail('the inspection report compares with other versions than the manifest names');
  }
  const verdict = verdictUnder(report, policy);
  if (verdict !== manifest.inspection.verdict) {
    fail(
      `the manifest says that inspection ended with ${manifest.inspection.verdict}, the report says ${verdict}`,
    );
  }
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
