/** Whether what is called a token and no more is one of an account. */
import type { SecretMatch } from '../rule.ts';

/** Names beside a token that is one of somebody, within so many characters. */
const ACCOUNT_NEAR =
  /(?<![A-Za-z])["']?(?:user(?:_?name)?|login|api_?url|base_?url|host(?:name)?|e?mail|auth(?:entication|orization)?|registry)["']?[ \t]{0,4}[:=]/i;
const NEAR = 80;

/** Whether what is called a token and nothing else stands beside whose it is. */
export function isOfAccount(name: string, { before, after }: SecretMatch): boolean {
  return (
    /^token$/i.test(name) && ACCOUNT_NEAR.test(`${before.slice(-NEAR)}\n${after.slice(0, NEAR)}`)
  );
}
