import { defineAzureKey } from '../azure-key.ts';

export const rule = defineAzureKey({
  id: 'azure-iot-key',
  title: 'Azure IoT key',
  about:
    'Keys of Azure IoT Hub, its devices and their provisioning, with `AIoT` inside and a checksum',
  bytes: 32,
  mark: 'AIoT',
  seeds: ['IoTHub00', 'DpsKey00', 'Device00'],
});
