import { defineConnection } from '../connection-url.ts';

export const rule = defineConnection({
  id: 'amqp-url',
  family: 'databases',
  title: 'AMQP address with password',
  about: 'Addresses of RabbitMQ and other message brokers with a password',
  schemes: ['amqp', 'amqps', 'pyamqp', 'mqtt', 'mqtts', 'stomp'],
});
