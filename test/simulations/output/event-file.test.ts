/** Event files against the format's published parts: the checksum's vectors of RFC 3720, and TensorFlow's own first record. */
import { crc32c, eventFile } from '@consilium/simulations/output';
import { expect, it } from 'vitest';

it('has the checksum of RFC 3720, appendix B.4', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, byte) => byte))).toBe(0x46dd794e);
});

it('can be read back record by record', () => {
  const bytes = eventFile([{ tag: 'federated/logLoss', step: 300, value: 0.4375 }]);
  const view = new DataView(bytes.buffer);
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    const unmask = (masked: number) => {
      const rotated = (masked - 0xa282ead8) >>> 0;
      return ((rotated >>> 17) | (rotated << 15)) >>> 0;
    };
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(unmask(view.getUint32(at + 8, true))).toBe(crc32c(bytes.subarray(at, at + 8)));
    expect(unmask(view.getUint32(at + 12 + length, true))).toBe(crc32c(data));
    records.push(data);
    at += 16 + length;
  }
  expect(new TextDecoder().decode(records[0]?.subarray(2))).toBe('brain.Event:2');
  const [, event = new Uint8Array()] = records;
  expect([...event.subarray(9, 12)]).toEqual([0x10, 0xac, 0x02]); // step 300 as a varint
  expect(new DataView(event.buffer, event.byteOffset + event.length - 4).getFloat32(0, true)).toBe(0.4375);
});
