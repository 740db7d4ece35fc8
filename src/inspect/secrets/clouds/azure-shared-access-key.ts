import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'azure-shared-access-key',
  family: 'clouds',
  title: 'Azure shared access key',
  about: 'Older keys of Azure Service Bus, Event Hubs, Relay and IoT, by the name SharedAccessKey',
  names: ['SharedAccessKey'],
  form: [run('base64', 43), '='],
  also: /./,
});
