import { isPlaceholder } from '../../look-alikes/randomness.ts';
import { surpriseOf } from '../../look-alikes/surprise.ts';
import type { SecretRule } from '../../rule.ts';
import { PLACEHOLDER, PLACEHOLDER_OR_WORDS } from '../answers.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

/** Bits of a character that chance makes; words with digits have five. */
const LEAST_BITS = 5.4;

export const rule: SecretRule = {
  ...textsOf({
    id: 'kubeadm-join-token',
    version: 1,
    family: 'clouds',
    title: 'Kubernetes bootstrap token',
    about: 'Tokens with which machines join a cluster of Kubernetes (`kubeadm join --token`)',
  }),
  keywords: ['kubeadm join', 'bootstrap-token ', 'bootstrap-token=', 'bootstrapToken'],
  pattern:
    /(?<prefix>(?:kubeadm join\s[^\n|;]{0,200}?--token[ =]|bootstrap-token[ =]|bootstrapToken["']?:?[ \n]{1,20}(?:token: ?)?)["']?)(?<value>[a-z0-9]{6}\.[a-z0-9]{16})(?![A-Za-z0-9.-])/y,
  reach: 280,
  verify({ groups }) {
    const { value = '' } = groups;
    if (isPlaceholder(value)) return PLACEHOLDER;
    return surpriseOf(value.slice(7)) >= LEAST_BITS
      ? { confidence: 'plausible', reason: 'it stands where a token does, and looks random' }
      : PLACEHOLDER_OR_WORDS;
  },
  examples: {
    bad: [
      {
        about: 'a command',
        make: () =>
          `kubeadm join 10.4.0.2:6443 --token ${TOKEN} --discovery-token-ca-cert-hash x\n`,
      },
      { about: 'an option', make: () => `kubelet --tls-bootstrap-token=${TOKEN}\n` },
    ],
    fine: [
      { about: 'a variable', make: () => 'kubeadm join 10.4.0.2:6443 --token $TOKEN' },
      { about: 'words', make: () => 'kubeadm join <host> --token <token>' },
    ],
  },
};

const TOKEN = sampleOf([run('lowerDigit', 6), '.', run('lowerDigit', 16)], 'join');
