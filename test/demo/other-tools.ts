/** The same evidence, checked by programs that share no code with us. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTlogGo, runTlogGo } from '../interop/tlog-go.ts';
import { hasProgram } from '../tools.ts';
import { must, type Ran, run, say } from './stage.ts';

/** ssh-keygen checks every approval; Go's x/mod checks the checkpoint and every ledger proof. */
export async function checkWithOtherTools(
  evidence: string,
  parts: string,
  countersign: (args: string, who: null) => Promise<Ran>,
): Promise<void> {
  const unpacked = await countersign(`evidence unpack ${evidence} ${parts}`, null);
  must(unpacked.code === 0, 'the evidence is laid out for ssh-keygen and others');
  const approvals = readdirSync(parts).filter((name) => /^approval-\d+\.sig$/.test(name));
  for (const name of approvals) {
    const stem = join(parts, name.replace(/\.sig$/, ''));
    const { predicate } = JSON.parse(readFileSync(`${stem}.payload`, 'utf8')) as {
      predicate: { person: string };
    };
    const args = ['-Y', 'verify', '-f', join(parts, 'allowed_signers'), '-I', predicate.person];
    const checked = await run(
      'ssh-keygen',
      [...args, '-n', 'approval@countersign', '-s', `${stem}.sig`],
      {
        cwd: parts,
        env: { PATH: process.env['PATH'] },
        stdin: readFileSync(`${stem}.pae`),
        shown: `ssh-keygen -Y verify -f allowed_signers -I ${predicate.person} -n approval@countersign -s ${name} < ${name.replace('.sig', '.pae')}`,
      },
    );
    must(checked.code === 0, `OpenSSH agrees that ${predicate.person} signed`);
  }
  must(approvals.length === 2, 'there are two approvals, by two people');
  if (!hasProgram('go', 'version')) {
    if (process.env['REQUIRE_TOOLS'] === '1') must(false, 'Go is needed here and is not installed');
    say('SKIPPED: Go is not here, so the ledger proofs are not checked a second time');
    return;
  }
  const { status, lines } = runTlogGo(buildTlogGo(parts), parts);
  must(
    status === 0,
    `golang.org/x/mod/sumdb verifies the checkpoint and ${lines.length - 1} ledger proofs`,
  );
}
