/** Audits a folder again and again in one process; prints milliseconds of processor a pass. */
import { auditRepository } from '../src/posture/audit.ts';
import { composeReport } from '../src/posture/report.ts';
import { POSTURE_RULES } from '../src/posture/rule-set.ts';
import { readRepositoryFiles } from '../src/source/repository-files.ts';

const [folder = '.', passes = '3'] = process.argv.slice(2);
const { files, gaps } = await readRepositoryFiles(folder, { path: process.env['PATH'] ?? '' });
const inputs = {
  files,
  unread: gaps,
  gateway: null,
  settings: null,
  settingsMissing: 'nobody looked',
  pins: { resolve: () => null },
};
for (let pass = 0; pass < Number(passes); pass += 1) {
  const before = process.cpuUsage();
  composeReport(auditRepository(inputs, POSTURE_RULES));
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
}
