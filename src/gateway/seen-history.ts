/** What a signer saw of the ledger is our history, else one of us was lied to. */
import { CountersignError } from '../core/errors.ts';
import type { CheckpointSeen } from '../core/manifest.ts';
import { encodeHex } from '../formats/base64.ts';
import { rootAt } from '../tlog/tree.ts';
import type { GatewayDeps } from './deps.ts';
import type { Governance } from './governance.ts';
import type { StoreReader } from './ports.ts';

/** Throws `proof-invalid` for a checkpoint that this ledger never had. */
export async function requireSeenHistory(
  tx: StoreReader,
  deps: Pick<GatewayDeps, 'crypto'>,
  governance: Governance,
  checkpointSeen: CheckpointSeen,
): Promise<void> {
  const size = await tx.ledgerSize();
  const origin = governance.genesis.keys.ledger.split('+')[0] ?? '';
  if (checkpointSeen.size >= 1 && checkpointSeen.size <= size && checkpointSeen.origin === origin) {
    const root = await rootAt(deps.crypto, checkpointSeen.size, (level, index) =>
      tx.ledgerNode(level, index),
    );
    if (encodeHex(root) === checkpointSeen.root) return;
  }
  throw new CountersignError(
    'proof-invalid',
    `the signer saw checkpoint ${checkpointSeen.origin} ${checkpointSeen.size} ${checkpointSeen.root}, which is not in this ledger of ${size} entries`,
    {
      hint: 'stop, and compare checkpoints with the other people: the ledger may have been rewritten',
    },
  );
}
