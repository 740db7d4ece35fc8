/** `npm run hostile`: every sample at its full size, as rows for docs/inspection-robustness.md. */
import { BOMBS } from '../../testdata/hostile/bombs.ts';
import { LIARS } from '../../testdata/hostile/liars.ts';
import { makeTexts } from '../../testdata/hostile/texts.ts';
import { scanSample } from './scan-process.ts';

const wanted = process.argv[2] ?? '';
let wrong = 0;
for (const sample of [...BOMBS, ...LIARS, ...makeTexts(100 * 1024 * 1024)]) {
  if (!sample.name.includes(wanted)) continue;
  const { exit, text, tookMs, peakMegabytes, sizeBytes } = await scanSample(sample);
  const isRight = exit === sample.exit && sample.says.test(text);
  if (!isRight) wrong += 1;
  const size =
    sizeBytes < 1024 * 1024
      ? `${Math.ceil(sizeBytes / 1024)} KiB`
      : `${Math.round(sizeBytes / 1024 / 1024)} MiB`;
  const cells = [
    `\`${sample.name}\``,
    size,
    `${exit}${isRight ? '' : ' WRONG'}`,
    (tookMs / 1000).toFixed(1),
    Math.round(peakMegabytes),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
process.exitCode = wrong === 0 ? 0 : 1;
