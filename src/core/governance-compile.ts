/** The parts of the rules that say who may change them, whose passkeys and which CI count. */
import { parseDuration } from './duration.ts';
import type { CiBinding, GovernanceRule, PasskeySettings, PolicyDocument } from './policy.ts';
import type {
  CiConfig,
  GovernanceConfig,
  PasskeysConfig,
  RefuseRules,
  RulesConfig,
} from './policy-config.ts';
import { isLoopbackHost } from './upstream-address.ts';

/** How long a new key waits where the rules do not say. */
export const KEY_COOLING_SECONDS = 72 * 3600;
const REVIEW_SECONDS = 7 * 86_400;

/** `governance` and `passkeys` where the file has them; absent they are absent. */
export function compileGovernanceSections(
  config: RulesConfig,
  refuse: RefuseRules,
): Pick<PolicyDocument, 'governance' | 'passkeys'> {
  const { governance, passkeys } = config;
  return {
    ...(governance === undefined ? {} : { governance: compileGovernance(governance, refuse) }),
    ...(passkeys === undefined ? {} : { passkeys: compilePasskeys(passkeys, refuse) }),
  };
}

function compileGovernance(config: GovernanceConfig, refuse: RefuseRules): GovernanceRule {
  const breakGlass = config['break-glass'] ?? false;
  const rule = {
    minimum: config.minimum ?? 2,
    groups: config.groups ?? {},
    coolingSeconds: seconds(config['key-cooling'], ['key-cooling'], KEY_COOLING_SECONDS, refuse),
  };
  if (breakGlass === false) return rule;
  const path = ['break-glass', 'review-within'];
  const reviewWithinSeconds = seconds(breakGlass['review-within'], path, REVIEW_SECONDS, refuse);
  if (reviewWithinSeconds < 60 || reviewWithinSeconds > REVIEW_SECONDS) {
    refuse({ path: ['governance', ...path], message: 'expected 1m to 7d, found another duration' });
  }
  return { ...rule, breakGlass: { reviewWithinSeconds } };
}

function seconds(
  given: string | undefined,
  path: readonly string[],
  otherwise: number,
  refuse: RefuseRules,
): number {
  if (given === undefined) return otherwise;
  const parsed = given === '0' ? 0 : parseDuration(given);
  if (parsed !== undefined && parsed <= 90 * 86_400) return parsed;
  return refuse({
    path: ['governance', ...path],
    message: `expected a duration of at most 90d such as 72h, found ${given}`,
  });
}

/** A relying party is a host name; who may use it are pages on it or below it (WebAuthn, 5.1.2). */
function compilePasskeys(config: PasskeysConfig, refuse: RefuseRules): PasskeySettings {
  const relyingParty = config['relying-party'];
  if (!/^(?=.{1,253}$)[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(relyingParty)) {
    refuse({
      path: ['passkeys', 'relying-party'],
      message: `expected a host name such as approve.example.com, found ${relyingParty}`,
    });
  }
  const origins = config.origins.map((one, index) => {
    const url = URL.parse(one);
    const isSecure =
      url?.protocol === 'https:' ||
      (url?.protocol === 'http:' && /(?:^|\.)localhost$/.test(url.hostname));
    const isBelow =
      url?.hostname === relyingParty || url?.hostname.endsWith(`.${relyingParty}`) === true;
    if (url === null || url.origin !== one || !isSecure || !isBelow || isLoopbackAddress(url)) {
      return refuse({
        path: ['passkeys', 'origins', index],
        message: `expected an origin on ${relyingParty} such as https://${relyingParty}, found ${one}`,
        hint: 'scheme, host and port alone; http is for names below localhost only',
      });
    }
    return one;
  });
  return { relyingParty, origins };
}

function isLoopbackAddress({ hostname }: URL): boolean {
  return hostname !== 'localhost' && isLoopbackHost(hostname);
}

/**
 * `ci` of a project; `audience` is what an entry gets that names none. Throws through `refuse` for
 * an issuer that is no https address and an audience that is no host.
 */
export function compileCi(
  config: readonly CiConfig[],
  project: string,
  refuse: RefuseRules,
  audience?: string,
): readonly CiBinding[] {
  return config.map((one, index) => {
    const path = ['projects', project, 'ci', index] as const;
    const url = URL.parse(one.issuer);
    const isSecure =
      url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
    if (!isSecure || url === null || url.username !== '' || /[?#]|\/$/.test(one.issuer)) {
      refuse({
        path: [...path, 'issuer'],
        message: `expected the https address that the tokens name as issuer, found ${one.issuer}`,
        hint: 'as the tokens spell it: no query, and no slash at the end',
      });
    }
    const wanted = one.audience ?? audience ?? '';
    if (!/^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?$/.test(wanted)) {
      refuse({
        path: [...path, 'audience'],
        message: `expected the host of this gateway such as release.example.com, found ${wanted || 'nothing'}`,
        hint: 'leave it out where gateway.origin is set: it is the host of that address',
      });
    }
    return {
      kind: one.kind,
      issuer: one.issuer,
      audience: wanted,
      repository: one.repository,
      owner: one.owner,
      workflow: one.workflow,
      environment: one.environment ?? null,
    };
  });
}
