import { decodeBase64Loosely } from '../../secret-format/token-checksum.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

/** The base64 of `-----BEGIN `. */
const BEGIN = ['LS0tLS1', 'CRUdJTi'].join('');

export const rule = defineToken({
  id: 'kubeconfig-client-key',
  family: 'clouds',
  title: 'Kubernetes client key',
  about: 'Client keys in the configuration of kubectl (`client-key-data`), a private key in base64',
  mend: 'Revoke the certificate or recreate the user in the cluster, then remove the file',
  forms: [
    [
      [`client-key-data: ${BEGIN}`, `client-key-data":"${BEGIN}`, `client-key-data": "${BEGIN}`],
      run('base64Pad', 200, 8000),
    ],
  ],
  complete: (sample) => {
    const start = sample.indexOf(BEGIN);
    const body = `${'-'.repeat(5)}BEGIN RSA PRIVATE KEY${'-'.repeat(5)}\n${sample.slice(start + BEGIN.length)}`;
    return sample.slice(0, start) + Buffer.from(body).toString('base64');
  },
  judge: (token) =>
    decodeBase64Loosely(token.slice(token.indexOf(BEGIN)).slice(0, 60))
      ?.toString('latin1')
      .includes('PRIVATE KEY')
      ? { confidence: 'proven', reason: 'it decodes to a private key' }
      : { confidence: 'plausible', reason: 'it starts as a private key' },
});
