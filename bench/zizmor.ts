/** What zizmor says of a folder: its JSON, one finding an entry, with the line that it shows. */
import { measure } from './measure.ts';

export interface ZizmorFinding {
  readonly audit: string;
  /** From the folder, with slashes. */
  readonly path: string;
  /** 1-based, of the first primary location. */
  readonly line: number;
  readonly severity: 'Informational' | 'Low' | 'Medium' | 'High';
  readonly persona: 'Regular' | 'Pedantic' | 'Auditor';
  /** What it says about the place. */
  readonly note: string;
  /** The text that it points at. */
  readonly text: string;
}

interface Answer {
  readonly ident: string;
  readonly determinations: {
    readonly severity: ZizmorFinding['severity'];
    readonly persona: ZizmorFinding['persona'];
  };
  readonly locations: readonly Location[];
}

interface Location {
  readonly symbolic: {
    readonly key: { readonly Local?: { readonly verbatim_path: string } };
    readonly annotation: string;
    readonly kind: 'Primary' | 'Related' | 'Hidden';
    readonly feature_kind: unknown;
  };
  readonly concrete: {
    readonly location: { readonly start_point: { readonly row: number } };
    readonly feature: string;
  };
}

/** Without network, configuration and ignore files, so that nothing but the workflows decides. */
export const ZIZMOR_OPTIONS: readonly string[] = [
  ...['--offline', '--no-config', '--collect=all', '--no-exit-codes'],
  ...['--no-progress', '-q', '--format', 'json'],
];

/** Every finding of every persona; comments that silence it are not heeded. */
export async function runZizmor(
  program: string,
  folder: string,
): Promise<readonly ZizmorFinding[]> {
  const { output } = await measure(
    [program, ...ZIZMOR_OPTIONS, '--no-ignores', '--persona', 'auditor', '.'],
    { oneCore: false, cwd: folder },
  );
  return (JSON.parse(output) as readonly Answer[]).flatMap((one) => read(one) ?? []);
}

function read({ ident, determinations, locations }: Answer): ZizmorFinding | null {
  const place = locations.find(({ symbolic }) => symbolic.kind === 'Primary');
  const path = place?.symbolic.key.Local?.verbatim_path;
  if (place === undefined || path === undefined) return null;
  return {
    audit: ident,
    path: path.replace(/^\.\//, ''),
    line: place.concrete.location.start_point.row + 1,
    ...determinations,
    note: place.symbolic.annotation,
    text: fragment(place) ?? place.concrete.feature,
  };
}

/** `feature` is the whole scalar where the finding is about a part of it. */
function fragment({ symbolic }: Location): string | null {
  const kind = symbolic.feature_kind as { Subfeature?: { fragment?: { Raw?: string } } } | string;
  return typeof kind === 'string' ? null : (kind.Subfeature?.fragment?.Raw ?? null);
}
