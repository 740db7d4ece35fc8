import { decodeBase64Loosely } from '../../secret-format/token-checksum.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cloudflare-tunnel-token',
  version: 1,
  family: 'clouds',
  title: 'Cloudflare tunnel token',
  about:
    'Tokens that connect a machine as a tunnel of Cloudflare: JSON with account, tunnel, secret',
  forms: [['eyJhIjoi', run('base64Pad', 100, 320)]],
  complete: () =>
    Buffer.from(
      JSON.stringify({
        a: '7f3a9c1e5b2d8046'.repeat(2),
        t: '3d5a1c7e-92b4-4f68-a0d3-71c9e84b2f56',
        s: Buffer.from('qW3eR5tY7uI9oP1aS2dF4gH6jK8lZ0xC').toString('base64'),
      }),
    ).toString('base64'),
  judge(token) {
    const text = decodeBase64Loosely(token)?.toString('latin1') ?? '';
    return /^\{"a":"[0-9a-f]{32}","t":"[0-9a-f-]{36}","s":"[A-Za-z0-9+/=]{16,120}"/.test(text)
      ? { confidence: 'proven', reason: 'it holds an account, a tunnel and its secret' }
      : null;
  },
});
