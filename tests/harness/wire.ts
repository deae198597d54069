import {
  type CheckIn,
  type Command,
  type ConnectMessage,
  type Declaration,
  type DeclarationItemsResponse,
  type DeclarationKind,
  decodeCommand,
  decodeDeclaration,
  decodeDeclarationItems,
  decodeTokensResponse,
  type Endpoint,
  encodeCheckIn,
  encodeConnect,
  encodeStatusReport,
  type IdentityKeys,
  type JsonObject,
  type TokensResponse,
} from '@edict/protocol'

/** One channel spoken for by hand, message by message, where a story needs more control than a device gives. */
export interface Wire {
  readonly id: string
  send(message: CheckIn): Promise<Reply>
  /** Authenticate and TokenUpdate. */
  enroll(facts?: { readonly ProductName?: string; readonly OSVersion?: string }): Promise<void>
  updateToken(): Promise<void>
  tokens(): Promise<TokensResponse['SyncTokens']>
  items(): Promise<DeclarationItemsResponse>
  fetch(kind: DeclarationKind, identifier: string): Promise<Reply>
  body(kind: DeclarationKind, identifier: string): Promise<Declaration>
  report(items: JsonObject, full?: boolean): Promise<Reply>
  reportRaw(body: string): Promise<Reply>
  /** One turn: the command that comes back, or null at the end of the session. */
  connect(message?: Omit<ConnectMessage, keyof IdentityKeys>): Promise<Command | null>
  /** Acknowledges the offer that comes, so that the channel is enabled. */
  enable(): Promise<void>
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

export interface WireOptions {
  readonly keys: IdentityKeys
  readonly pushToken?: string
  /** Headers that prove who sends a body. */
  readonly prove?: (body: Uint8Array) => Record<string, string>
}

export function wire(url: string, { keys, pushToken, prove = () => ({}) }: WireOptions): Wire {
  const id = [
    keys.UDID ?? keys.EnrollmentID,
    keys.UserID === SHARED ? keys.UserShortName : (keys.UserID ?? keys.EnrollmentUserID),
  ]
    .filter((part) => part !== undefined)
    .join(':')
  const token = Buffer.from(pushToken ?? `token of ${id}`)
  const put = async (path: string, type: string, body: Uint8Array): Promise<Reply> => {
    const headers = { 'content-type': type, ...prove(body) }
    const response = await fetch(`${url}${path}`, { method: 'PUT', headers, body })
    return { status: response.status, headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) }
  }
  const send = (message: CheckIn) =>
    put('/mdm/checkin', 'application/x-apple-aspen-mdm-checkin', encodeCheckIn(message))
  const declarative = (Endpoint: Endpoint, Data?: Uint8Array) =>
    send({ MessageType: 'DeclarativeManagement', ...keys, Endpoint, ...(Data === undefined ? {} : { Data }) })
  const ok = (reply: Reply): Reply => {
    if (reply.status === 200) return reply
    throw new Error(`${id} was answered ${reply.status}: ${Buffer.from(reply.body).toString()}`)
  }
  const topic = 'com.apple.mgmt.External.tests'
  const updateToken = async () => {
    ok(await send({ MessageType: 'TokenUpdate', ...keys, Topic: topic, Token: token, PushMagic: `magic of ${id}` }))
  }
  const connect: Wire['connect'] = async (message = { Status: 'Idle' }) => {
    const body = encodeConnect({ ...message, ...keys } as ConnectMessage)
    const reply = ok(await put('/mdm/connect', 'application/x-apple-aspen-mdm; charset=UTF-8', body))
    return reply.body.length === 0 ? null : decodeCommand(reply.body)
  }
  const fetchBody = (declaration: DeclarationKind, identifier: string) =>
    declarative({ kind: 'declaration', declaration, identifier })
  return {
    id,
    send,
    updateToken,
    connect,
    enroll: async (facts = { ProductName: 'iPad13,1', OSVersion: '26.4.2' }) => {
      ok(await send({ MessageType: 'Authenticate', ...keys, Topic: topic, ...facts }))
      await updateToken()
    },
    tokens: async () => decodeTokensResponse(ok(await declarative({ kind: 'tokens' })).body).SyncTokens,
    items: async () => decodeDeclarationItems(ok(await declarative({ kind: 'declaration-items' })).body),
    fetch: fetchBody,
    body: async (kind, identifier) => decodeDeclaration(ok(await fetchBody(kind, identifier)).body),
    report: (StatusItems, FullReport = false) =>
      declarative({ kind: 'status' }, encodeStatusReport({ StatusItems, Errors: [], FullReport })),
    reportRaw: (body) => declarative({ kind: 'status' }, Buffer.from(body)),
    enable: async () => {
      const command = await connect()
      if (command?.Command.RequestType !== 'DeclarativeManagement')
        throw new Error(`${id} was offered ${command?.Command.RequestType ?? 'nothing'}`)
      await connect({ Status: 'Acknowledged', CommandUUID: command.CommandUUID, response: {} } as Omit<
        ConnectMessage,
        keyof IdentityKeys
      >)
    },
  }
}

export const SHARED = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'

/** An iPad by its UDID. */
export function ipad(url: string, name: string): Wire {
  return wire(url, { keys: { UDID: `IPAD-${name}` } })
}
