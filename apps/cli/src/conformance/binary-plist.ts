/**
 * A dictionary of short strings as a binary property list: the form that devices were not seen to send.
 * @see the header of CFBinaryPList.c: objects, the table of their offsets, and a trailer of 32 octets
 */
export function binaryPlist(dictionary: Readonly<Record<string, string | undefined>>): Uint8Array {
  const entries = Object.entries(dictionary).filter(([, value]) => value !== undefined)
  const strings = [...entries.map(([key]) => key), ...entries.map(([, value]) => value ?? '')]
  const root = Uint8Array.of(0xd0 | entries.length, ...strings.map((_, index) => index + 1))
  const objects = [root, ...strings.map(stringObject)]
  const head = new TextEncoder().encode('bplist00')
  let at = head.length
  const offsets = objects.map(({ length }) => {
    at += length
    return at - length
  })
  const table = Buffer.alloc(offsets.length * 2)
  for (const [index, offset] of offsets.entries()) table.writeUInt16BE(offset, index * 2)
  const trailer = Buffer.alloc(32)
  trailer[6] = 2
  trailer[7] = 1
  trailer.writeBigUInt64BE(BigInt(objects.length), 8)
  trailer.writeBigUInt64BE(BigInt(at), 24)
  return new Uint8Array(Buffer.concat([head, ...objects, table, trailer]))
}

/** ASCII of at most 255 characters. */
function stringObject(text: string): Uint8Array {
  const octets = new TextEncoder().encode(text)
  return octets.length < 15
    ? Uint8Array.of(0x50 | octets.length, ...octets)
    : Uint8Array.of(0x5f, 0x10, octets.length, ...octets)
}
