import { definePairedId } from '../paired-id.ts';
import { run } from '../token-form.ts';

export const rule = definePairedId({
  id: 'google-storage-key',
  family: 'clouds',
  title: 'Google Cloud Storage HMAC key',
  about: 'HMAC keys of service accounts for Google Cloud Storage (`GOOG1E`) with their secret near',
  prefix: 'GOOG1E',
  rest: run('upperDigit', 55),
  secret: run('base64', 40),
});
