import { setFlagsFromString } from 'node:v8';

/**
 * Tells V8 that this process ends in a second or two: TurboFan is left out of JavaScript, where its
 * code would have to run for longer to pay for itself. On 1,372 workflows that is a sixth of the
 * processor time of `posture`, on ten packages a twentieth of that of `scan`, on one of a gibibyte
 * nothing, since its bytes are looked at by WebAssembly. Not for servers.
 */
export function compileForShortRun(): void {
  setFlagsFromString('--no-turbofan');
}
