import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'kafka-jaas-password',
    family: 'databases',
    title: 'JAAS login with password',
    about: 'JAAS configurations of Kafka and ZooKeeper clients with a password',
  }),
  keywords: ['LoginModule required'],
  pattern:
    /(?<prefix>LoginModule required[\s\\n]{1,12}username=\\?["']?(?<user>[^"'\s\\;]{1,128})\\?["']?[\s\\n]{1,12}password=\\?["']?)(?<password>[^"'\s\\;]{4,256})/y,
  reach: 640,
  verify: judgeLogin,
  examples: {
    bad: [
      {
        about: 'a client configuration',
        make: () =>
          `sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="app" password="${SAMPLE_PASSWORD}";`,
      },
    ],
    fine: [
      {
        about: 'a variable',
        make: () => `PlainLoginModule required username="app" password="${'$'}{PASSWORD}";`,
      },
      { about: 'the words alone', make: () => 'a LoginModule required by Kafka' },
    ],
  },
};
