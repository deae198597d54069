import { PkiError } from '../pki-error.ts'
import { type Header, readHeader } from './header.ts'
import { maximumDepth, maximumSize } from './limits.ts'
import { decodeOid } from './oid.ts'
import { contextTag, tagName, tags } from './tag.ts'
import { decodeTime } from './time.ts'

/**
 * Reads strict DER (X.690 §10-11) from front to end: ask for what the schema says comes next. Whatever else is there throws a
 * PkiError with a code and the octet. It looks only at what is asked for; `finish` makes sure that nothing was left over.
 */
export class DerReader {
  readonly bytes: Uint8Array
  readonly end: number
  private position: number
  private readonly depth: number

  constructor(bytes: Uint8Array, start = 0, end = bytes.length, depth = 0) {
    if (bytes.length > maximumSize) {
      throw new PkiError('size', `Cannot read DER: it has ${bytes.length} octets`, {
        expected: `${maximumSize} at most`,
      })
    }
    if (depth > maximumDepth) {
      throw new PkiError('depth', `Cannot read DER: it nests more than ${maximumDepth} deep`, { offset: start })
    }
    this.bytes = bytes
    this.position = start
    this.end = end
    this.depth = depth
  }

  get offset(): number {
    return this.position
  }

  get done(): boolean {
    return this.position >= this.end
  }

  /** The identifier octet that comes next; undefined at the end. */
  peek(): number | undefined {
    return this.done ? undefined : this.bytes[this.position]
  }

  /** One whole element, header included, whatever it is. */
  raw(tag?: number): Uint8Array {
    const start = this.position
    this.next(tag)
    return this.bytes.subarray(start, this.position)
  }

  /** The content octets of an element with this tag. */
  content(tag: number): Uint8Array {
    const { contentStart } = this.next(tag)
    return this.bytes.subarray(contentStart, this.position)
  }

  /** Steps into an element: a reader of its content. */
  enter(tag: number): DerReader {
    const { contentStart } = this.next(tag)
    return new DerReader(this.bytes, contentStart, this.position, this.depth + 1)
  }

  sequence(): DerReader {
    return this.enter(tags.sequence)
  }

  set(): DerReader {
    return this.enter(tags.set)
  }

  /** Steps into `[number]` when it comes next. */
  optional(number: number): DerReader | undefined {
    const tag = contextTag(number)
    return this.peek() === tag ? this.enter(tag) : undefined
  }

  oid(): string {
    const at = this.position
    return decodeOid(this.content(tags.oid), at)
  }

  /** The content of an INTEGER, two's complement, in the fewest octets. */
  integer(tag: number = tags.integer): Uint8Array {
    const at = this.position
    const content = this.content(tag)
    const [first, second = 0] = content
    const padded = content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
    if (first === undefined || padded) throw this.fail('integer', 'an integer not in the fewest octets', at)
    return content
  }

  /** An INTEGER from 0 through 2^31 - 1. */
  smallInteger(tag: number = tags.integer): number {
    const at = this.position
    const content = this.integer(tag)
    if (content.length > 4 || (content[0] ?? 0) >= 0x80) throw this.fail('integer', 'an integer out of range', at)
    return content.reduce((sum, octet) => sum * 256 + octet, 0)
  }

  octetString(): Uint8Array {
    return this.content(tags.octetString)
  }

  /** A BIT STRING of whole octets: signatures and keys. */
  bitString(): Uint8Array {
    const at = this.position
    const content = this.content(tags.bitString)
    if (content[0] !== 0) throw this.fail('bit-string', 'a bit string that is not whole octets', at)
    return content.subarray(1)
  }

  boolean(): boolean {
    const at = this.position
    const content = this.content(tags.boolean)
    if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) {
      throw this.fail('boolean', 'a boolean that is neither 00 nor FF', at)
    }
    return content[0] === 0xff
  }

  null(): void {
    const at = this.position
    if (this.content(tags.null).length > 0) throw this.fail('null', 'a null with content', at)
  }

  /** UTCTime or GeneralizedTime, in milliseconds since 1970. */
  time(): number {
    const at = this.position
    const tag = this.peek() === tags.generalizedTime ? tags.generalizedTime : tags.utcTime
    return decodeTime(tag, this.content(tag), at)
  }

  /** Nothing may be left. @throws {PkiError} `trailing` */
  finish(): void {
    if (!this.done) {
      throw this.fail('trailing', `${this.end - this.position} octets after the last element`, this.position)
    }
  }

  private next(tag: number | undefined): Header {
    if (this.done) {
      const expected = tag === undefined ? 'an element' : tagName(tag)
      throw new PkiError(
        'truncated',
        `Cannot read DER: expected ${expected} at octet ${this.position}, found the end`,
        {
          offset: this.position,
          expected,
        },
      )
    }
    const header = readHeader(this.bytes, this.position, this.end, true)
    if (tag !== undefined && header.tag !== tag) {
      const [found, expected] = [tagName(header.tag), tagName(tag)]
      const message = `Cannot read DER: expected ${expected} at octet ${this.position}, found ${found}`
      throw new PkiError('unexpected', message, { offset: this.position, found, expected })
    }
    this.position = header.contentStart + (header.length ?? 0)
    return header
  }

  private fail(code: string, found: string, offset: number): PkiError {
    return new PkiError(code, `Cannot read DER: found ${found} at octet ${offset}`, { offset, found })
  }
}
