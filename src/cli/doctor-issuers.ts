/** Whether the issuers of CI tokens answer, and whether their tokens would be for this gateway. */
import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { PolicyDocument } from '../core/policy.ts';
import { type Check, fail, failWith, ok } from './doctor-checks.ts';

/** `origin` is the gateway's address. Asks each issuer once; no check where no project has `ci`. */
export async function checkIssuers(
  { projects }: Pick<PolicyDocument, 'projects'>,
  origin: string,
): Promise<readonly Check[]> {
  const audience = new URL(origin).host;
  const bindings = Object.entries(projects).flatMap(([name, { ci = [] }]) =>
    ci.map((one, index) => ({ ...one, path: `projects.${name}.ci[${index}]` })),
  );
  const elsewhere = bindings.filter((one) => one.audience !== audience);
  const issuers = [...new Set(bindings.map((one) => one.issuer))];
  return [
    ...elsewhere.map((one) =>
      fail(
        one.path,
        `its tokens are for ${one.audience}, and this gateway is ${audience}: none will be taken`,
        'set gateway.origin back, or change the binding',
      ),
    ),
    ...(await Promise.all(issuers.map(checkIssuer))),
  ];
}

async function checkIssuer(issuer: string): Promise<Check> {
  const { probeIssuer } = await import('../compose.ts');
  try {
    await probeIssuer(issuer);
    return ok(`issuer ${issuer}`, 'shows its keys');
  } catch (error) {
    const known = isCountersignError(error)
      ? error
      : new CountersignError('internal', String(error), { cause: error });
    return failWith(`issuer ${issuer}`, known);
  }
}
