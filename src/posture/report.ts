/** The report of an audit: what `posture --json` prints and every other format is made from. */
import type { Audit, PostureFinding } from './audit.ts';
import { type ControlResult, judgeControls } from './controls.ts';
import type { PublishAct } from './publish/publish-act.ts';
import { type AreaScore, type Grade, type Risk, type RuleResult, scoreAudit } from './score.ts';
import { type PackageWays, waysAround } from './ways-around.ts';

export interface PostureReport {
  readonly schema: 'countersign/posture/v1';
  /** 0 to 100, whole. */
  readonly score: number;
  /** The share that is met of what could be seen; null where nothing could. */
  readonly seenScore: number | null;
  readonly grade: Grade;
  readonly risk: Risk;
  /** The rules whose open criticals cap the grade. */
  readonly cappedBy: readonly string[];
  readonly areas: readonly AreaScore[];
  readonly findings: readonly PostureFinding[];
  readonly rules: readonly RuleResult[];
  /** The jobs on the publish path, in order of file and place. */
  readonly publishPath: readonly PathJob[];
  readonly workflows: number;
  /** The reference controls, R01 to R40. */
  readonly controls: readonly ControlResult[];
  /** Who and what could publish each package past the gateway. */
  readonly waysAround: readonly PackageWays[];
  /** Why settings were not looked at; '' where they were. */
  readonly settingsMissing: string;
}

/** `why`: one clause. */
export interface PathJob {
  readonly file: string;
  readonly job: string;
  readonly why: string;
  readonly publishes: readonly Pick<
    PublishAct,
    'tool' | 'ecosystem' | 'kind' | 'artifact' | 'registry'
  >[];
  readonly mintsIdentity: boolean;
  readonly secrets: readonly string[];
  readonly environment: string | null;
}

/** Composes the report. */
export function composeReport(audit: Audit): PostureReport {
  const { score, seenScore, grade, risk, cappedBy, areas, rules } = scoreAudit(audit);
  return {
    schema: 'countersign/posture/v1',
    score,
    seenScore,
    grade,
    risk,
    cappedBy,
    areas,
    findings: audit.findings,
    rules,
    publishPath: audit.context.path.jobs.flatMap((power) =>
      power.onPath === null
        ? []
        : [
            {
              file: power.workflow.source.path,
              job: power.job.id,
              why: power.onPath,
              publishes: power.acts.map(({ tool, ecosystem, kind, artifact, registry }) => ({
                tool,
                ecosystem,
                kind,
                artifact,
                registry,
              })),
              mintsIdentity: power.mintsIdentity,
              secrets: [...new Set(power.registrySecrets.map((use) => use.name))],
              environment: power.job.environment?.name?.text ?? null,
            },
          ],
    ),
    workflows: audit.context.workflows.length,
    controls: judgeControls(audit, rules),
    waysAround: waysAround(audit.context),
    settingsMissing: audit.context.settingsMissing,
  };
}

/** The ways around the gateway that reports for people tell: those found, and what was not seen where somebody looked. */
export function toldWays({
  waysAround: all,
  settingsMissing,
}: Pick<PostureReport, 'waysAround' | 'settingsMissing'>): PostureReport['waysAround'] {
  const isSeen = settingsMissing === '';
  return all
    .map((one) => (isSeen ? one : { ...one, unseen: [] }))
    .filter(({ ways, unseen }) => ways.length + unseen.length > 0);
}
