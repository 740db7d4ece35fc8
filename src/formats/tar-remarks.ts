/** What stands in a tar archive beside its files: in headers, their extensions and padding. */
import type { ArchiveRemarks, RemarkPlace } from './archive-remarks.ts';
import type { TarHeader } from './tar-header.ts';

/** What stands in a header and is nothing that we go by: the owner and the group by name, device
 * numbers, the end of the block, and the name that an extension has itself. */
export function addUnreadFields(
  block: Uint8Array,
  { name, type }: TarHeader,
  where: string,
  remarks: ArchiveRemarks,
): void {
  remarks.add({ where, what: 'the owner in a tar header' }, block.subarray(265, 345));
  remarks.add({ where, what: 'the end of a tar header' }, block.subarray(475));
  if (!'xgLK'.includes(type)) return;
  remarks.add({ where, what: 'the name of a header extension' }, Buffer.from(name));
}

/** At most one path, which is looked at as such, and numbers. */
const ORDINARY_PAX =
  /^(?:\d+ (?:[amc]time|size|[ug]id)=[\d.]{0,32}\n)*(?:\d+ path=[^\n]*\n(?:\d+ (?:[amc]time|size|[ug]id)=[\d.]{0,32}\n)*)?$/;

/** All records of a pax header, comments and unknown keys among them, unless they are ordinary. */
export function addPaxRecords(body: Uint8Array, where: string, remarks: ArchiveRemarks): void {
  if (ORDINARY_PAX.test(Buffer.from(body).toString('latin1'))) return;
  remarks.add({ where, what: 'the pax records of a header extension' }, body);
}

/** What fills the last block of a content, where it is not zeroes, as nearly always; `placeOf` is asked
 * then alone. */
export function addPadding(
  bytes: Uint8Array,
  placeOf: () => Omit<RemarkPlace, 'what'>,
  remarks: ArchiveRemarks,
): void {
  // too few bytes for a search to be faster
  const { length } = bytes;
  let zeroes = 0;
  while (zeroes < length && bytes[zeroes] === 0) zeroes += 1;
  if (zeroes < length) remarks.add({ ...placeOf(), what: 'the padding behind its content' }, bytes);
}
