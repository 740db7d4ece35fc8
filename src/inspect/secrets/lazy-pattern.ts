import type { SecretPattern } from '../rule.ts';

/** A pattern that is made when it is first tried: of hundreds a scan tries few. */
export function createLazyPattern(make: () => SecretPattern): SecretPattern {
  let made: SecretPattern | undefined;
  const pattern = (): SecretPattern => {
    made ??= make();
    return made;
  };
  return {
    get source() {
      return pattern().source;
    },
    get isNear() {
      return pattern().isNear;
    },
    flags: 'y',
    lastIndex: 0,
    exec(text) {
      const one = pattern();
      one.lastIndex = this.lastIndex;
      return one.exec(text);
    },
  };
}
