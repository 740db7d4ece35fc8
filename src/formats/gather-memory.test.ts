import { expect, test } from 'vitest';
import { lendMemory, returnMemory, roomBytesFor } from './gather-memory.ts';

const MIB = 1024 * 1024;

test('memory is lent to one at a time, and to the next when it was given back', () => {
  const [first, second] = [lendMemory(), lendMemory()];
  expect(second).not.toBe(first);
  returnMemory(first);
  expect(lendMemory()).toBe(first);
  expect(lendMemory()).not.toBe(second);
});

test('of what is given back only a little is kept', () => {
  const lent = Array.from({ length: 20 }, lendMemory);
  for (const one of lent) returnMemory(one);
  const again = Array.from({ length: 20 }, lendMemory);
  expect(again.filter((one) => lent.includes(one)).length).toBeLessThan(4);
});

test('room holds what is there, and never what a header only claims', () => {
  expect(roomBytesFor(1, 100 * MIB)).toBeLessThan(MIB);
  expect(roomBytesFor(MIB, 100 * MIB)).toBeLessThan(10 * MIB);
  for (const length of [1, MIB, 9 * MIB, 20 * MIB]) {
    expect(roomBytesFor(length, 100 * MIB)).toBeGreaterThanOrEqual(length);
    expect(roomBytesFor(length, length)).toBeGreaterThanOrEqual(length);
  }
  expect(roomBytesFor(20 * MIB, 100 * MIB)).toBe(40 * MIB);
});
