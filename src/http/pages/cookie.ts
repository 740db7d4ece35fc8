/** Session cookies of the pages: for one path, unread by scripts, sent from our own pages alone. */

/** How the cookie of one surface is named and kept. */
export interface CookieRule {
  readonly name: string;
  readonly path: string;
  /** False on plain http, which is this machine alone. */
  readonly secure: boolean;
}

/** The rule of `name` below `path` at `origin`. Browsers hold `__Secure-` names to https. */
export function cookieRule(name: string, path: string, origin: string): CookieRule {
  const secure = origin.startsWith('https:');
  return { name: secure ? `__Secure-${name}` : name, path, secure };
}

/** The value of the cookie; null where it is not there, or there more than once. */
export function readCookie(header: string | undefined, { name }: CookieRule): string | null {
  const values = (header ?? '')
    .slice(0, 8192)
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  const [value, ...others] = values;
  return value === undefined || others.length > 0 ? null : value;
}

/** The `set-cookie` that keeps `value` for so long; 0 seconds removes it. */
export function formatCookie(rule: CookieRule, value: string, maxAgeSeconds: number): string {
  const parts = [
    `${rule.name}=${value}`,
    `Path=${rule.path}`,
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  return [...parts, ...(rule.secure ? ['Secure'] : [])].join('; ');
}
