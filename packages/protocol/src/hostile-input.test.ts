import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeCheckIn,
  decodeCommand,
  decodeConnect,
  decodeDeclaration,
  decodeDeclarationItems,
  decodeEnrollmentError,
  decodeJson,
  decodeMachineInfo,
  decodePlist,
  decodeStatusReport,
  decodeTokensResponse,
  encodePlist,
  ProtocolError,
} from './index.ts'
import { plistArbitrary } from './plist/plist-arbitrary.ts'
import { writeBinaryPlist } from './plist/write-binary-plist.ts'

const decoders: readonly [string, (bytes: Uint8Array) => unknown][] = [
  ['decodePlist', decodePlist],
  ['decodeCheckIn', decodeCheckIn],
  ['decodeConnect', decodeConnect],
  ['decodeCommand', decodeCommand],
  ['decodeJson', decodeJson],
  ['decodeStatusReport', decodeStatusReport],
  ['decodeTokensResponse', decodeTokensResponse],
  ['decodeDeclarationItems', decodeDeclarationItems],
  ['decodeDeclaration', decodeDeclaration],
  ['decodeMachineInfo', decodeMachineInfo],
  ['decodeEnrollmentError of JSON', (bytes) => decodeEnrollmentError(bytes, 'application/json')],
  ['decodeEnrollmentError of a property list', (bytes) => decodeEnrollmentError(bytes, 'application/xml')],
]

function readsOrRefuses(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): unknown {
  try {
    return decode(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError)
    expect((error as ProtocolError).code).toMatch(/^[a-z0-9-]+$/)
    expect((error as ProtocolError).message).toMatch(/^Cannot .+[^.]$/s)
    return undefined
  }
}

describe.each(decoders)('%s', (_, decode) => {
  it('reads or refuses any octets, and throws nothing but ProtocolError', () => {
    const piece = fc.constantFrom(
      '<plist>',
      '</plist>',
      '<dict>',
      '<key>',
      '<![CDATA[',
      '<!--',
      '&#',
      '{"',
      '[',
      'bplist00',
    )
    const start = fc.oneof(
      fc.constant(''),
      fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 120 }), (text, octets) => {
        readsOrRefuses(decode, Uint8Array.from([...new TextEncoder().encode(text), ...octets]))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a property list with octets changed', () => {
  const change = fc.record({ at: fc.nat(), octet: fc.nat(255), kind: fc.constantFrom('replace', 'remove', 'repeat') })

  function mutate(bytes: Uint8Array, changes: readonly { at: number; octet: number; kind: string }[]): Uint8Array {
    const result = [...bytes]
    for (const { at, octet, kind } of changes) {
      const place = at % Math.max(1, result.length)
      if (kind === 'replace') result[place] = octet
      else if (kind === 'remove') result.splice(place, 1 + (octet % 8))
      else result.splice(place, 0, ...result.slice(place, place + octet))
    }
    return Uint8Array.from(result)
  }

  it.each([
    ['XML', encodePlist],
    ['binary', writeBinaryPlist],
  ])('%s: is refused, or read as something that can be written', (_, write) => {
    fc.assert(
      fc.property(plistArbitrary, fc.array(change, { minLength: 1, maxLength: 4 }), (value, changes) => {
        const read = readsOrRefuses(decodePlist, mutate(write(value), changes))
        if (read !== undefined) encodePlist(read as Parameters<typeof encodePlist>[0])
      }),
      { numRuns: 1500 },
    )
  })
})
