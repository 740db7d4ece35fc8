/** One text that others say holds a secret, or none. */

/** `path` matters to some rules; without it the text is an ordinary file. */
export interface RecallCase {
  readonly rule: string;
  readonly positive: boolean;
  readonly path?: string;
  readonly text: string;
}

/** Cases as they are kept between runs: one JSON document a line; other lines are passed over. */
export function parseCases(lines: string): readonly RecallCase[] {
  const known = new Set<string>();
  return lines.split('\n').flatMap((line) => {
    // tests fill texts up to the size of a buffer and repeat themselves
    if (!line.startsWith('{') || line.length > 40_000 || known.has(line)) return [];
    known.add(line);
    const { rule, positive, path, text } = JSON.parse(line);
    if (String(text).trim() === '') return [];
    return [{ rule, positive, text, ...(path === undefined ? {} : { path }) }];
  });
}
