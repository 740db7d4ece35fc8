/** Packed files as rules read and exemplify them. */
import type { ArchiveEntry } from '../../formats/archive-entry.ts';

/** Bytes of a configuration file that are looked at: no tool reads larger ones. */
const CONFIGURATION_MAX_BYTES = 1024 * 1024;

/** The first mebibyte as text, byte for character beyond ASCII, so that nothing is malformed; UTF-16
 * shows as ASCII with NULs, which are left out. */
export function readConfiguration(content: Uint8Array): string {
  const head = Buffer.from(content.subarray(0, CONFIGURATION_MAX_BYTES));
  return head.toString('latin1').replaceAll('\0', '').replaceAll('\r\n', '\n');
}

/** A file for an example; characters of `text` are bytes. */
export function fileExample(path: string, text: string): ArchiveEntry {
  const content = Buffer.from(text, 'latin1');
  return { path, kind: 'file', mode: 0o644, sizeBytes: content.length, content };
}
