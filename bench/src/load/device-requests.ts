import {
  type CheckIn,
  type ConnectMessage,
  type DeclarationKind,
  type Endpoint,
  encodeCheckIn,
  encodeConnect,
} from '@edict/protocol'

/** Requests of one iPad as they go over the wire, head and body, made before anything is timed. */
export interface DeviceRequests {
  readonly id: string
  readonly authenticate: Buffer
  readonly tokenUpdate: Buffer
  readonly idle: Buffer
  readonly tokens: Buffer
  readonly items: Buffer
  declaration(kind: DeclarationKind, identifier: string): Buffer
  status(report: Uint8Array): Buffer
  acknowledge(CommandUUID: string): Buffer
}

export function deviceRequests(UDID: string): DeviceRequests {
  const Topic = 'com.apple.mgmt.External.bench'
  const checkIn = (message: CheckIn) =>
    put('/mdm/checkin', 'application/x-apple-aspen-mdm-checkin', encodeCheckIn(message))
  const connect = (message: ConnectMessage) =>
    put('/mdm/connect', 'application/x-apple-aspen-mdm; charset=UTF-8', encodeConnect(message))
  const declarative = (endpoint: Endpoint, Data?: Uint8Array) =>
    checkIn({ MessageType: 'DeclarativeManagement', UDID, Endpoint: endpoint, ...(Data === undefined ? {} : { Data }) })
  return {
    id: UDID,
    authenticate: checkIn({
      MessageType: 'Authenticate',
      UDID,
      Topic,
      ProductName: 'iPad13,1',
      OSVersion: '26.4.2',
      BuildVersion: '23E100',
      SerialNumber: `S${UDID.slice(-10)}`,
    }),
    tokenUpdate: checkIn({
      MessageType: 'TokenUpdate',
      UDID,
      Topic,
      Token: Buffer.alloc(32, UDID),
      PushMagic: '0D2A4F3C-5B0E-4A57-9D59-1F0E6C3B2A10',
    }),
    idle: connect({ Status: 'Idle', UDID }),
    tokens: declarative({ kind: 'tokens' }),
    items: declarative({ kind: 'declaration-items' }),
    declaration: (declaration, identifier) => declarative({ kind: 'declaration', declaration, identifier }),
    status: (report) => declarative({ kind: 'status' }, report),
    acknowledge: (CommandUUID) => connect({ Status: 'Acknowledged', CommandUUID, UDID, response: {} }),
  }
}

export function put(path: string, type: string, body: Uint8Array): Buffer {
  const head = `PUT ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body])
}
