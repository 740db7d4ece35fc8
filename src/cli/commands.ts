/** Every command. Apart from the program, so that `scan` starts without the code of the others. */
import type { AddCommand } from './command.ts';
import { addApprove, addReject } from './commands/approve.ts';
import { addAudit } from './commands/audit.ts';
import { addCompletion } from './commands/completion.ts';
import { addCredential } from './commands/credential.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvidence } from './commands/evidence.ts';
import { addInit } from './commands/init.ts';
import { addPasskey } from './commands/passkey.ts';
import { addPolicy } from './commands/policy.ts';
import { addPosture } from './commands/posture.ts';
import { addProposal } from './commands/proposal.ts';
import { addPublisher } from './commands/publisher.ts';
import { addRecovery } from './commands/recovery.ts';
import { addPublishing, addRelease } from './commands/release.ts';
import { addRoster } from './commands/roster.ts';
import { addScan } from './commands/scan.ts';
import { addServe } from './commands/serve.ts';
import { addSession } from './commands/session.ts';
import { addSuspend } from './commands/suspend.ts';
import { addTag } from './commands/tag.ts';
import { addUpload } from './commands/upload.ts';
import { addVault } from './commands/vault.ts';
import { addVerify } from './commands/verify.ts';

/** In the order of `--help`. */
export const COMMANDS: readonly AddCommand[] = [
  addDoctor,
  addServe,
  addPublisher,
  addInit,
  addTag,
  addScan,
  addPosture,
  addRelease,
  addUpload,
  addApprove,
  addReject,
  addPublishing,
  addEvidence,
  addVerify,
  addAudit,
  addVault,
  addCredential,
  addRoster,
  addPolicy,
  addProposal,
  addSuspend,
  addRecovery,
  addPasskey,
  addSession,
  addCompletion,
];
