/** The grade as an SVG image for a README. It holds no link and loads nothing. */
import type { PostureReport } from '../posture/report.ts';

const COLOURS = {
  'A+': '#2c7a3f',
  A: '#2c7a3f',
  B: '#5a7d1e',
  C: '#8a6d00',
  D: '#a8500f',
  F: '#b3261e',
} as const satisfies Readonly<Record<PostureReport['grade'], string>>;

const LABEL = 'publish path';
const HEIGHT = 20;

/** Width of a text in 11px Verdana, near enough: 6.6 pixels a character, and 10 around it. */
function widthOf(text: string): number {
  return Math.round(text.length * 6.6) + 10;
}

/** The image, ending with a line end. */
export function renderBadge({ grade, risk }: Pick<PostureReport, 'grade' | 'risk'>): string {
  const value = `${grade}, risk ${risk.toLowerCase()}`;
  const left = widthOf(LABEL);
  const width = left + widthOf(value);
  const text = (words: string, x: number) =>
    `<text x="${x}" y="14" text-anchor="middle">${words}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${LABEL}: ${value}">
  <title>${LABEL}: ${value}</title>
  <rect width="${width}" height="${HEIGHT}" rx="3" fill="#444"/>
  <path d="M${left} 0h${width - left - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}z" fill="${COLOURS[grade]}"/>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    ${text(LABEL, left / 2)}
    ${text(value, left + (width - left) / 2)}
  </g>
</svg>
`;
}
