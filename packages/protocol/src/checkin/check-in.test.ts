import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePlist } from '../plist/encode-plist.ts'
import type { PlistDict } from '../plist/plist-value.ts'
import { type CheckIn, decodeCheckIn, encodeCheckIn } from './check-in.ts'
import { decodeGetBootstrapTokenReply, encodeGetBootstrapTokenReply } from './get-bootstrap-token.ts'
import { decodeGetTokenReply, encodeGetTokenReply } from './get-token.ts'
import { decodeReturnToServiceReply, encodeReturnToServiceReply } from './return-to-service.ts'
import { decodeUserAuthenticateReply, encodeUserAuthenticateReply } from './user-authenticate.ts'

const encoder = new TextEncoder()
const octets = Uint8Array.of(1, 2, 3)
const UDID = '5A5E0A51-0000-4000-8000-00000000000A'
const Topic = 'com.apple.mgmt.External.00000000-0000-4000-8000-000000000001'

const messages: readonly CheckIn[] = [
  { MessageType: 'Authenticate', UDID, Topic },
  {
    MessageType: 'Authenticate',
    UDID,
    Topic,
    OSVersion: '26.1',
    BuildVersion: '25B78',
    ProductName: 'Mac16,1',
    SerialNumber: 'ZZ0000000001',
    IMEI: '00 000000 000000 0',
    MEID: '00000000000000',
    DeviceName: 'Reception',
    Model: 'Mac16,1',
    ModelName: 'MacBook Pro',
    Challenge: octets,
  },
  { MessageType: 'TokenUpdate', EnrollmentID: 'E1', Topic, Token: octets, PushMagic: 'M' },
  {
    MessageType: 'TokenUpdate',
    UDID,
    UserID: 'U1',
    UserShortName: 'ada',
    UserLongName: 'Ada',
    Topic,
    Token: octets,
    PushMagic: 'M',
    UnlockToken: octets,
    AwaitingConfiguration: false,
    NotOnConsole: true,
  },
  { MessageType: 'CheckOut', UDID },
  { MessageType: 'CheckOut', UDID, Topic },
  { MessageType: 'UserAuthenticate', UDID, UserID: 'U1' },
  { MessageType: 'UserAuthenticate', UDID, UserID: 'U1', DigestResponse: 'Digest username="ada"' },
  { MessageType: 'SetBootstrapToken', UDID },
  { MessageType: 'SetBootstrapToken', UDID, BootstrapToken: new Uint8Array(0), AwaitingConfiguration: true },
  { MessageType: 'GetBootstrapToken', UDID, AwaitingConfiguration: false },
  { MessageType: 'GetToken', UDID, TokenServiceType: 'com.apple.maid' },
  {
    MessageType: 'GetToken',
    UDID,
    TokenServiceType: 'com.apple.watch.pairing',
    TokenParameters: { SecurityToken: 's', PhoneUDID: 'p', WatchUDID: 'w' },
  },
  { MessageType: 'DeclarativeManagement', UDID, Endpoint: { kind: 'tokens' } },
  { MessageType: 'DeclarativeManagement', UDID, Endpoint: { kind: 'status' }, Data: encoder.encode('{}') },
  {
    MessageType: 'DeclarativeManagement',
    EnrollmentID: 'E1',
    EnrollmentUserID: 'V1',
    Endpoint: { kind: 'declaration', declaration: 'configuration', identifier: 'wifi' },
  },
  { MessageType: 'ReturnToService', UDID },
]

function refusal(plist: PlistDict): unknown {
  try {
    decodeCheckIn(encodePlist(plist))
  } catch (error) {
    return error
  }
  return undefined
}

describe('a check-in message', () => {
  it.each(messages.map((message) => [message.MessageType, message] as const))(
    '%s is read as it was written',
    (_, message) => {
      expect(decodeCheckIn(encodeCheckIn(message))).toStrictEqual(message)
    },
  )

  it('is read in the order and wrapping that an old iPad writes', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>AwaitingConfiguration</key>
	<false/>
	<key>MessageType</key>
	<string>TokenUpdate</string>
	<key>PushMagic</key>
	<string>5A5E0A51-0000-4000-8000-0000000000FF</string>
	<key>Token</key>
	<data>
	AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=
	</data>
	<key>Topic</key>
	<string>${Topic}</string>
	<key>UDID</key>
	<string>aaaabbbbccccddddeeeeffff0000111122223333</string>
</dict>
</plist>
`
    expect(decodeCheckIn(encoder.encode(text))).toStrictEqual({
      MessageType: 'TokenUpdate',
      UDID: 'aaaabbbbccccddddeeeeffff0000111122223333',
      Topic,
      Token: Uint8Array.from({ length: 32 }, (_, index) => index + 1),
      PushMagic: '5A5E0A51-0000-4000-8000-0000000000FF',
      AwaitingConfiguration: false,
    })
  })

  it('without AwaitingConfiguration does not say false', () => {
    const message = decodeCheckIn(
      encodeCheckIn({ MessageType: 'TokenUpdate', UDID, Topic, Token: octets, PushMagic: 'M' }),
    )
    expect('AwaitingConfiguration' in message).toBe(false)
  })

  it('may hold keys that nobody knows', () => {
    expect(decodeCheckIn(encodePlist({ MessageType: 'CheckOut', UDID, New: [1], ['__proto__']: {} }))).toStrictEqual({
      MessageType: 'CheckOut',
      UDID,
    })
  })

  it.each<[code: string, at: string, plist: PlistDict]>([
    ['key-missing', 'MessageType', { UDID }],
    ['message-unknown', 'MessageType', { MessageType: 'Hello', UDID }],
    ['message-unknown', 'MessageType', { MessageType: 'constructor', UDID }],
    ['key-type', 'MessageType', { MessageType: 1 }],
    ['key-missing', 'Topic', { MessageType: 'Authenticate', UDID }],
    ['key-empty', 'Topic', { MessageType: 'Authenticate', UDID, Topic: '' }],
    ['key-type', 'UDID', { MessageType: 'CheckOut', UDID: 7 }],
    ['key-missing', 'PushMagic', { MessageType: 'TokenUpdate', UDID, Topic, Token: octets }],
    ['key-type', 'Token', { MessageType: 'TokenUpdate', UDID, Topic, Token: 'AQID', PushMagic: 'M' }],
    ['key-empty', 'Token', { MessageType: 'TokenUpdate', UDID, Topic, Token: new Uint8Array(0), PushMagic: 'M' }],
    ['key-missing', 'TokenServiceType', { MessageType: 'GetToken', UDID }],
    ['key-type', 'TokenParameters', { MessageType: 'GetToken', UDID, TokenServiceType: 'x', TokenParameters: 'x' }],
    ['key-missing', 'Endpoint', { MessageType: 'DeclarativeManagement', UDID }],
    ['endpoint-unknown', 'Endpoint', { MessageType: 'DeclarativeManagement', UDID, Endpoint: 'declaration/x/y' }],
    ['key-missing', 'Data', { MessageType: 'DeclarativeManagement', UDID, Endpoint: 'status' }],
  ])('is refused as %s at %s: %j', (code, at, plist) => {
    expect(refusal(plist)).toMatchObject({ name: 'ProtocolError', code, at })
  })

  it('is a dictionary', () => {
    expect(() => decodeCheckIn(encodePlist([]))).toThrow('Cannot read check-in: the property list is not a dictionary')
  })

  it('says what was found where a key is missing', () => {
    expect(refusal({ MessageType: 'TokenUpdate', UDID, Topic, Token: octets })).toMatchObject({
      message: 'Cannot read TokenUpdate: PushMagic is missing',
      found: ['MessageType', 'UDID', 'Topic', 'Token'],
    })
  })
})

describe('the replies to check-in messages', () => {
  it('to UserAuthenticate are a challenge, then a token, each possibly empty', () => {
    for (const reply of [
      { DigestChallenge: '' },
      { DigestChallenge: 'Digest x' },
      { AuthToken: '' },
      { AuthToken: 't' },
    ]) {
      expect(decodeUserAuthenticateReply(encodeUserAuthenticateReply(reply))).toStrictEqual(reply)
    }
    expect(() => decodeUserAuthenticateReply(encodePlist({}))).toThrow('DigestChallenge is missing')
  })

  it('to GetBootstrapToken hold a token or nothing', () => {
    for (const reply of [{}, { BootstrapToken: octets }]) {
      expect(decodeGetBootstrapTokenReply(encodeGetBootstrapTokenReply(reply))).toStrictEqual(reply)
    }
    expect(decodeGetBootstrapTokenReply(new Uint8Array(0))).toStrictEqual({})
  })

  it('to GetToken hold its data', () => {
    expect(decodeGetTokenReply(encodeGetTokenReply({ TokenData: octets }))).toStrictEqual({ TokenData: octets })
    expect(() => decodeGetTokenReply(encodePlist({}))).toThrow('TokenData is missing')
  })

  it('to ReturnToService hold the configuration', () => {
    const replies = [
      { ReturnToService: { Enabled: false } },
      {
        PreserveDataPlan: true,
        ReturnToService: {
          Enabled: true,
          WiFiProfileData: octets,
          MDMProfileData: octets,
          BootstrapToken: octets,
          ShouldRetryEnrollment: true,
        },
      },
    ]
    for (const reply of replies) {
      expect(decodeReturnToServiceReply(encodeReturnToServiceReply(reply))).toStrictEqual(reply)
    }
    expect(() => decodeReturnToServiceReply(encodePlist({ ReturnToService: {} }))).toThrow('Enabled is missing')
  })
})

describe('a mutated check-in message', () => {
  it('is read or refused, never anything else', () => {
    const originals = messages.map((message) => encodeCheckIn(message))
    fc.assert(
      fc.property(fc.nat(originals.length - 1), fc.nat(), fc.nat(255), fc.nat(3), (which, at, octet, cut) => {
        const bytes = originals[which]?.slice() ?? octets
        const place = at % bytes.length
        bytes[place] = octet
        const mutated = cut === 0 ? bytes.subarray(0, place) : bytes
        try {
          expect(decodeCheckIn(mutated)).toHaveProperty('MessageType')
        } catch (error) {
          expect(['ProtocolError', 'PlistError']).toContain((error as Error).name)
        }
      }),
      { numRuns: 1500 },
    )
  })
})
