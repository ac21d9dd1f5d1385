import { inflateRawSync } from 'node:zlib';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const LONGEST_COMMENT = 65_535;
const MOST_ENTRIES = 1_000;
const STORED = 0;
const DEFLATED = 8;

/**
 * What the entries of a zip file really unpack to, whatever their headers claim, counted until it is more than `most`.
 * Undefined when it is no zip file that a spreadsheet would be.
 */
export function inflatedSize(bytes: Uint8Array, most: number): number | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(file);
  if (end === undefined) return undefined;
  const entries = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (entries > MOST_ENTRIES) return undefined;
  let size = 0;
  for (let entry = 0; entry < entries && size <= most; entry += 1) {
    if (at + ENTRY_LENGTH > file.length || file.readUInt32LE(at) !== ENTRY_SIGNATURE) return undefined;
    const own = entrySize(file, at, most - size + 1);
    if (own === undefined) return undefined;
    size += own;
    at += ENTRY_LENGTH + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return size;
}

function endOf(file: Buffer): number | undefined {
  const first = Math.max(0, file.length - END_LENGTH - LONGEST_COMMENT);
  for (let at = file.length - END_LENGTH; at >= first; at -= 1) {
    if (file.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  return undefined;
}

function entrySize(file: Buffer, at: number, room: number): number | undefined {
  const method = file.readUInt16LE(at + 10);
  const packedLength = file.readUInt32LE(at + 20);
  const local = file.readUInt32LE(at + 42);
  if (local + LOCAL_LENGTH > file.length || file.readUInt32LE(local) !== LOCAL_SIGNATURE) return undefined;
  const from = local + LOCAL_LENGTH + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  if (method === STORED) return packedLength;
  if (method !== DEFLATED) return undefined;
  return unpackedLength(file.subarray(from, from + packedLength), room);
}

/** More than `room` is told as exactly one more than fits. */
function unpackedLength(packed: Buffer, room: number): number | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: room }).length;
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? room : undefined;
  }
}
