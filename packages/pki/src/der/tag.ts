/** Identifier octets of the types that certificates and CMS use (X.690 §8.1.2). Sequences and sets are constructed. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

export const constructedBit = 0x20
const universalNames = new Map<number, string>(Object.entries(tags).map(([name, tag]) => [tag, name]))

/** The identifier octet of `[number]`: `constructed` for explicit tags and for sequences with an implicit one. */
export function contextTag(number: number, form: 'constructed' | 'primitive' = 'constructed'): number {
  return 0x80 | (form === 'constructed' ? constructedBit : 0) | number
}

/** A tag for people: `sequence`, `[0]`, `0x2c`. */
export function tagName(tag: number | undefined): string {
  if (tag === undefined) return 'nothing'
  if ((tag & 0xc0) === 0x80) return `[${tag & 0x1f}]${tag & constructedBit ? '' : ' primitive'}`
  return universalNames.get(tag) ?? `0x${tag.toString(16).padStart(2, '0')}`
}
