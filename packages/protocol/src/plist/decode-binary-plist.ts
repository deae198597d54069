import { maximumDepth } from '../limits.ts'
import { isPlistInteger, narrow } from './integer-range.ts'
import { PlistError } from './plist-error.ts'
import { PlistReal, type PlistValue } from './plist-value.ts'
import { setKey } from './set-key.ts'
import { notXml } from './xml-characters.ts'

const trailerLength = 32
const headerLength = 8
/** Binary dates count seconds from 2001. */
const epoch = Date.UTC(2001, 0, 1)
/**
 * Objects may be referred to from many places. What they come to when each is written out is bounded by a multiple of
 * the input, so that a few octets cannot make much work.
 */
const expansionFactor = 64
const expansionBase = 256 * 1024
const maximumExpansion = 32 * 1024 * 1024
const costOfValue = 16
const ascii = new TextDecoder('utf-8')
const utf16 = new TextDecoder('utf-16be', { ignoreBOM: true, fatal: true })

interface Layout {
  readonly offsetSize: number
  readonly referenceSize: number
  readonly count: number
  readonly top: number
  readonly table: number
}

/** Reads a binary property list (`bplist00`). @throws {PlistError} with the offset of the object that is wrong */
export function decodeBinaryPlist(bytes: Uint8Array): PlistValue {
  return new BinaryReader(bytes).top()
}

class BinaryReader {
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private readonly layout: Layout
  /** The containers being read, from the outside in. */
  private readonly path: number[] = []
  private expansion: number

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.layout = this.readLayout()
    this.expansion = Math.min(maximumExpansion, expansionBase + expansionFactor * bytes.length)
  }

  top(): PlistValue {
    return this.object(this.layout.top, this.layout.table)
  }

  private readLayout(): Layout {
    const { bytes, view } = this
    if (bytes.length < headerLength + 1 + trailerLength) throw fail('truncated', 'the end of the input', bytes.length)
    if (bytes[6] !== 0x30) throw fail('version', 'another version than bplist00', 6)
    const trailer = bytes.length - trailerLength
    const layout = {
      offsetSize: view.getUint8(trailer + 6),
      referenceSize: view.getUint8(trailer + 7),
      count: this.size(trailer + 8),
      top: this.size(trailer + 16),
      table: this.size(trailer + 24),
    }
    if (!(layout.offsetSize >= 1 && layout.offsetSize <= 8))
      throw fail('trailer', 'an impossible offset size', trailer + 6)
    if (!(layout.referenceSize >= 1 && layout.referenceSize <= 8)) {
      throw fail('trailer', 'an impossible reference size', trailer + 7)
    }
    if (layout.count < 1 || layout.top >= layout.count)
      throw fail('trailer', 'an impossible number of objects', trailer + 8)
    if (layout.table < headerLength + 1 || layout.table + layout.count * layout.offsetSize > trailer) {
      throw fail('trailer', 'an offset table outside of the input', trailer + 24)
    }
    return layout
  }

  private object(reference: number, from: number): PlistValue {
    const { layout } = this
    if (reference >= layout.count) throw fail('reference', 'a reference to an object that is not there', from)
    const entry = layout.table + reference * layout.offsetSize
    const offset = this.unsigned(entry, layout.offsetSize)
    if (offset < headerLength || offset >= layout.table) throw fail('offset', 'an object outside of the objects', entry)
    const marker = this.view.getUint8(offset)
    const low = marker & 0x0f
    switch (marker >> 4) {
      case 0x0:
        this.spend(0, offset)
        if (marker === 0x08) return false
        if (marker === 0x09) return true
        break
      case 0x1:
        return this.integer(offset, low)
      case 0x2:
        return this.real(offset, low)
      case 0x3:
        if (low === 3) return this.date(offset)
        break
      case 0x4:
        return this.data(offset, low)
      case 0x5:
        return this.ascii(offset, low)
      case 0x6:
        return this.utf16(offset, low)
      case 0xa:
        return this.enter(reference, offset, () => this.array(offset, low))
      case 0xd:
        return this.enter(reference, offset, () => this.dict(offset, low))
    }
    throw fail('object-unknown', `an object of the unknown type 0x${marker.toString(16).padStart(2, '0')}`, offset)
  }

  private integer(offset: number, low: number): number | bigint {
    if (low > 4) throw fail('integer', 'an integer of an impossible size', offset)
    const start = this.body(offset, 1, 2 ** low)
    if (low === 0) return this.view.getUint8(start)
    if (low === 1) return this.view.getUint16(start)
    if (low === 2) return this.view.getUint32(start)
    if (low === 3) return narrow(this.view.getBigInt64(start))
    const value = (this.view.getBigInt64(start) << 64n) | this.view.getBigUint64(start + 8)
    if (!isPlistInteger(value)) throw fail('integer-range', 'an integer beyond 64 bits', offset)
    return narrow(value)
  }

  private real(offset: number, low: number): PlistReal {
    if (low !== 2 && low !== 3) throw fail('real', 'a real of an impossible size', offset)
    const start = this.body(offset, 1, 2 ** low)
    return new PlistReal(low === 2 ? this.view.getFloat32(start) : this.view.getFloat64(start))
  }

  private date(offset: number): Date {
    const value = new Date(epoch + Math.round(this.view.getFloat64(this.body(offset, 1, 8)) * 1000))
    const year = value.getUTCFullYear()
    if (!(year >= 0 && year <= 9999)) throw fail('date', 'a date outside the years 0000 to 9999', offset)
    return value
  }

  private data(offset: number, low: number): Uint8Array {
    const { start, count } = this.counted(offset, low, 1)
    return this.bytes.slice(start, start + count)
  }

  private ascii(offset: number, low: number): string {
    const { start, count } = this.counted(offset, low, 1)
    const octets = this.bytes.subarray(start, start + count)
    if (octets.some((octet) => octet > 0x7f)) throw fail('string', 'an ASCII string with other characters', offset)
    return this.text(ascii.decode(octets), offset)
  }

  private utf16(offset: number, low: number): string {
    const { start, count } = this.counted(offset, low, 2)
    try {
      return this.text(utf16.decode(this.bytes.subarray(start, start + 2 * count)), offset)
    } catch (error) {
      if (error instanceof PlistError) throw error
      throw fail('string', 'half a surrogate pair', offset)
    }
  }

  /** Only what could also be written as XML, so that every value read can be written. */
  private text(value: string, offset: number): string {
    if (notXml.test(value)) throw fail('character', 'a character that XML has no place for', offset)
    return value
  }

  private array(offset: number, low: number): PlistValue {
    const { start, count } = this.counted(offset, low, this.layout.referenceSize)
    const result: PlistValue[] = []
    for (let index = 0; index < count; index++) result.push(this.referred(start, index))
    return result
  }

  private dict(offset: number, low: number): PlistValue {
    const { start, count } = this.counted(offset, low, 2 * this.layout.referenceSize)
    const result: { [key: string]: PlistValue } = {}
    for (let index = 0; index < count; index++) {
      const key = this.referred(start, index)
      if (typeof key !== 'string') throw fail('key-type', 'a key that is not a string', offset)
      if (Object.hasOwn(result, key)) throw fail('key-duplicate', 'a key for the second time', offset, key)
      setKey(result, key, this.referred(start, count + index))
    }
    return result
  }

  private referred(start: number, index: number): PlistValue {
    const at = start + index * this.layout.referenceSize
    return this.object(this.unsigned(at, this.layout.referenceSize), at)
  }

  private enter(reference: number, offset: number, read: () => PlistValue): PlistValue {
    if (this.path.includes(reference)) throw fail('cycle', 'a container that contains itself', offset)
    if (this.path.length === maximumDepth) {
      throw fail('depth', `more than ${maximumDepth} containers inside each other`, offset)
    }
    this.path.push(reference)
    const value = read()
    this.path.pop()
    return value
  }

  /** Where the elements of an object begin, and how many there are; long counts stand in an integer of their own. */
  private counted(offset: number, low: number, size: number): { start: number; count: number } {
    if (low !== 0x0f) return { start: this.body(offset, 1, low * size), count: low }
    const marker = this.view.getUint8(this.within(offset + 1, 1, offset))
    if (marker >> 4 !== 1 || (marker & 0x0f) > 3) throw fail('count', 'a count that is no integer', offset)
    const width = 2 ** (marker & 0x0f)
    const count = this.unsigned(this.within(offset + 2, width, offset), width)
    return { start: this.body(offset, 2 + width, count * size), count }
  }

  private body(offset: number, header: number, length: number): number {
    const start = this.within(offset + header, length, offset)
    this.spend(length, offset)
    return start
  }

  private within(start: number, length: number, offset: number): number {
    if (!(start + length <= this.layout.table))
      throw fail('truncated', 'an object that does not end within the objects', offset)
    return start
  }

  private spend(length: number, offset: number): void {
    this.expansion -= costOfValue + length
    if (this.expansion < 0) {
      throw fail('expansion', 'objects that refer to each other too often', offset)
    }
  }

  private unsigned(start: number, width: number): number {
    let value = 0
    for (let index = 0; index < width; index++) value = value * 256 + this.view.getUint8(start + index)
    return value
  }

  private size(start: number): number {
    return this.unsigned(start, 8)
  }
}

function fail(code: string, complaint: string, offset: number, found?: string): PlistError {
  return new PlistError(code, complaint, { offset }, found === undefined ? {} : { found: found.slice(0, 64) })
}
