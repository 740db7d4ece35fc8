import { defineToken } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'chain-node-address',
  version: 1,
  family: 'payment',
  title: 'address of a chain node with its key',
  about: 'Addresses of nodes of Alchemy, QuickNode and Helius, with the key of the account in them',
  severity: 'medium',
  attack: 'Anyone spends the quota of the account, which cuts the owner off from the chain',
  forms: [
    ['alchemy.com/v2/', run('base64Url', 32)],
    ['alchemyapi.io/v2/', run('base64Url', 32)],
    ['quiknode.pro/', run('hex', 40)],
    [['helius-rpc.com/?api-key=', 'helius-rpc.com?api-key='], ...UUID_PARTS],
  ],
});
