import { CountersignError } from '../core/errors.ts';

/**
 * Refuses `--json` beside another format where both would go to stdout. Throws `usage`.
 */
export function refuseTwoDocuments(
  json: boolean,
  { format, output }: { readonly format: string; readonly output?: string },
): void {
  if (!json || output !== undefined || format === 'text' || format === 'json') return;
  throw new CountersignError('usage', `--json and --format ${format} both want stdout`, {
    hint: 'leave one of them out, or add -o FILE',
  });
}
