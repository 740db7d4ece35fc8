/**
 * The prefilter as a WebAssembly program. It looks at one chunk at a time, which lies in its memory
 * with PADDING_BYTES of what follows (zeroes at the end of the file), and writes places into OUTPUT.
 */
import { encodeModule } from './wasm-assembler.ts';
import { PAGES } from './wasm-layout.ts';
import { literals, wide } from './wasm-literals.ts';
import { places } from './wasm-places.ts';
import { INTEGERS } from './wasm-registers.ts';

/** The module: `memory`, and the functions of this file. */
export function encodeProgram(): Uint8Array {
  return encodeModule([places(), literals(), wide()], INTEGERS, PAGES);
}
