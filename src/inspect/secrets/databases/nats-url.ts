import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'nats-url',
  family: 'databases',
  title: 'NATS address with password',
  about: 'Addresses of NATS, Kafka and Pulsar with a password',
  schemes: ['nats', 'nats+tls', 'kafka', 'kafka+ssl', 'pulsar', 'pulsar+ssl'],
});
