import { PlistReal, type PlistValue } from './plist-value.ts'

/** For tests: `bplist00` from objects already encoded, so that what they refer to can be anything. */
export function assemble(objects: readonly (readonly number[])[], top = 0): Uint8Array {
  const body: number[] = [...new TextEncoder().encode('bplist00')]
  const offsets = objects.map((object) => {
    const offset = body.length
    for (const octet of object) body.push(octet)
    return offset
  })
  const table = body.length
  for (const offset of offsets) body.push(...big(offset, 4))
  body.push(0, 0, 0, 0, 0, 0, 4, 2, ...big(objects.length, 8), ...big(top, 8), ...big(table, 8))
  return Uint8Array.from(body)
}

/** For tests: a property list in binary form, without sharing. Product code never writes one. */
export function writeBinaryPlist(value: PlistValue): Uint8Array {
  const objects: number[][] = []
  add(value, objects)
  return assemble(objects)
}

export function reference(index: number): number[] {
  return big(index, 2)
}

function add(value: PlistValue, objects: number[][]): number {
  const index = objects.push([]) - 1
  objects[index] = encode(value, objects)
  return index
}

function encode(value: PlistValue, objects: number[][]): number[] {
  if (typeof value === 'string') return string(value)
  if (typeof value === 'boolean') return [value ? 9 : 8]
  if (typeof value === 'number' || typeof value === 'bigint') return integer(BigInt(value))
  if (value instanceof PlistReal) return [0x23, ...double(value.value)]
  if (value instanceof Date) return [0x33, ...double((value.getTime() - Date.UTC(2001, 0, 1)) / 1000)]
  if (value instanceof Uint8Array) return [...header(0x40, value.length), ...value]
  if (Array.isArray(value)) {
    const items: readonly PlistValue[] = value
    return [...header(0xa0, items.length), ...items.flatMap((item) => reference(add(item, objects)))]
  }
  const entries = Object.entries(value)
  const keys = entries.flatMap(([key]) => reference(add(key, objects)))
  return [...header(0xd0, entries.length), ...keys, ...entries.flatMap(([, item]) => reference(add(item, objects)))]
}

function string(value: string): number[] {
  const units = Array.from({ length: value.length }, (_, index) => value.charCodeAt(index))
  if (units.every((unit) => unit < 0x80)) return [...header(0x50, units.length), ...units]
  return [...header(0x60, units.length), ...units.flatMap((unit) => [unit >> 8, unit & 0xff])]
}

function integer(value: bigint): number[] {
  if (value >= 0n && value < 256n) return [0x10, Number(value)]
  const wide = value >= 2n ** 63n
  const octets = new DataView(new ArrayBuffer(16))
  octets.setBigInt64(0, value < 0n ? -1n : 0n)
  octets.setBigUint64(8, BigInt.asUintN(64, value))
  return wide ? [0x14, ...new Uint8Array(octets.buffer)] : [0x13, ...new Uint8Array(octets.buffer, 8)]
}

function double(value: number): number[] {
  const octets = new DataView(new ArrayBuffer(8))
  octets.setFloat64(0, value)
  return [...new Uint8Array(octets.buffer)]
}

function header(type: number, count: number): number[] {
  return count < 15 ? [type | count] : [type | 0x0f, 0x12, ...big(count, 4)]
}

function big(value: number, width: number): number[] {
  return Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** (width - 1 - index)) % 256)
}
