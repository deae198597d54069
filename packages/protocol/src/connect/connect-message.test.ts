import { describe, expect, it } from 'vitest'
import { encodePlist } from '../plist/encode-plist.ts'
import { PlistReal } from '../plist/plist-value.ts'
import { type Command, decodeCommand, encodeCommand } from './command.ts'
import { type ConnectMessage, decodeConnect, encodeConnect } from './connect-message.ts'
import { declarativeManagementCommand } from './declarative-management-command.ts'

const UDID = '5A5E0A51-0000-4000-8000-00000000000A'
const CommandUUID = '00000000-0000-4000-8000-0000000000C1'

const messages: readonly ConnectMessage[] = [
  { Status: 'Idle', UDID },
  { Status: 'Idle', UDID, UserID: 'U1', UserShortName: 'ada', UserLongName: 'Ada', NotOnConsole: true },
  { Status: 'Acknowledged', EnrollmentID: 'E1', CommandUUID, response: {} },
  {
    Status: 'Acknowledged',
    UDID,
    CommandUUID,
    response: {
      RequestType: 'DeviceInformation',
      QueryResponses: { HostName: 'mac.example.org', UDID, BatteryLevel: new PlistReal(0.5) },
    },
  },
  { Status: 'NotNow', UDID, CommandUUID, response: {} },
  { Status: 'CommandFormatError', UDID, CommandUUID, response: {} },
  {
    Status: 'Error',
    UDID,
    CommandUUID,
    ErrorChain: [
      {
        ErrorCode: 12021,
        ErrorDomain: 'MCMDMErrorDomain',
        LocalizedDescription: 'Befehl unbekannt',
        USEnglishDescription: 'Unknown command',
      },
      { ErrorCode: -1, ErrorDomain: 'NSCocoaErrorDomain', LocalizedDescription: '' },
    ],
    response: {},
  },
]

describe('a connect message', () => {
  it.each(messages.map((message) => [message.Status, message] as const))(
    '%s is read as it was written',
    (_, message) => {
      expect(decodeConnect(encodeConnect(message))).toStrictEqual(message)
    },
  )

  it.each([
    ['key-missing', 'Status', { UDID }],
    ['status-unknown', 'Status', { UDID, Status: 'Done' }],
    ['key-missing', 'CommandUUID', { UDID, Status: 'NotNow' }],
    ['key-type', 'UserID', { UDID, UserID: true, Status: 'Idle' }],
  ])('is refused as %s at %s', (code, at, plist) => {
    expect(() => decodeConnect(encodePlist(plist))).toThrow(expect.objectContaining({ code, at }))
  })

  it('is not lost over an ErrorChain of another shape', () => {
    const chain = [{ ErrorCode: 2n ** 60n }, 'what', { ErrorDomain: 7, LocalizedDescription: 'x' }]
    expect(decodeConnect(encodePlist({ UDID, Status: 'Error', CommandUUID, ErrorChain: chain }))).toMatchObject({
      ErrorChain: [
        { ErrorCode: 2 ** 60, ErrorDomain: '', LocalizedDescription: '' },
        { ErrorCode: 0, ErrorDomain: '', LocalizedDescription: 'x' },
      ],
    })
  })

  it('keeps a response key named __proto__ as a key', () => {
    const read = decodeConnect(encodePlist({ UDID, Status: 'Acknowledged', CommandUUID, ['__proto__']: { a: 1 } }))
    expect(Object.keys('response' in read ? read.response : {})).toEqual(['__proto__'])
    expect(decodeConnect(encodeConnect(read))).toStrictEqual(read)
  })
})

describe('a command', () => {
  it('is read as it was written', () => {
    const command: Command = {
      CommandUUID,
      Command: { RequestType: 'InstallApplication', iTunesStoreID: 361309726, Options: { PurchaseMethod: 1 } },
    }
    expect(decodeCommand(encodeCommand(command))).toStrictEqual(command)
  })

  it('DeclarativeManagement carries tokens or nothing', () => {
    const data = new TextEncoder().encode('{"SyncTokens":{}}')
    expect(declarativeManagementCommand('u')).toStrictEqual({
      CommandUUID: 'u',
      Command: { RequestType: 'DeclarativeManagement' },
    })
    expect(decodeCommand(encodeCommand(declarativeManagementCommand('u', data))).Command).toStrictEqual({
      RequestType: 'DeclarativeManagement',
      Data: data,
    })
  })

  it('has a RequestType', () => {
    expect(() => decodeCommand(encodePlist({ CommandUUID, Command: {} }))).toThrow(
      'Cannot read the command: RequestType is missing',
    )
  })
})
