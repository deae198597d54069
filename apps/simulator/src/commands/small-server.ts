import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import {
  type CheckIn,
  type Declaration,
  declarativeManagementCommand,
  decodeCheckIn,
  decodeConnect,
  decodeStatusReport,
  type Endpoint,
  type EnrollmentIdentity,
  encodeCommand,
  encodeDeclaration,
  encodeDeclarationItems,
  encodeTokensResponse,
  enrollmentIdentity,
  type StatusReport,
} from '@edict/protocol'

/** A server of the tests: it knows one declaration and offers it once to every channel. */
export interface SmallServer {
  readonly url: string
  /** What came, as `<enrollment id> <message or endpoint>`. */
  readonly seen: readonly string[]
  /** Push tokens in hex by enrollment id. */
  readonly tokens: ReadonlyMap<string, string>
  /** PushMagic by push token. */
  readonly magics: ReadonlyMap<string, string>
  readonly reports: readonly StatusReport[]
  close(): Promise<void>
}

const declaration: Declaration = {
  Type: 'com.apple.configuration.management.status-subscriptions',
  Identifier: 'subscription',
  ServerToken: '1',
  Payload: { StatusItems: [{ Name: 'device.operating-system.version' }] },
}

/** `status` answers every check-in with it instead of doing anything. */
export async function startSmallServer(status = 200): Promise<SmallServer> {
  const seen: string[] = []
  const tokens = new Map<string, string>()
  const magics = new Map<string, string>()
  const reports: StatusReport[] = []
  const offered = new Set<string>()

  const connected = (bytes: Uint8Array): Uint8Array => {
    const message = decodeConnect(bytes)
    const { id } = enrollmentIdentity(message)
    seen.push(`${id} ${message.Status}`)
    if (offered.has(id)) return new Uint8Array()
    offered.add(id)
    return encodeCommand(declarativeManagementCommand(`offer of ${id}`))
  }
  const checkedIn = (message: CheckIn, { id }: EnrollmentIdentity): Uint8Array => {
    if (message.MessageType === 'TokenUpdate') {
      const token = Buffer.from(message.Token).toString('hex')
      tokens.set(id, token)
      magics.set(token, message.PushMagic)
    }
    if (message.MessageType !== 'DeclarativeManagement') return new Uint8Array()
    if (message.Endpoint.kind === 'status') reports.push(decodeStatusReport(message.Data ?? new Uint8Array()))
    return answerTo(message.Endpoint)
  }
  const answer = (url: string | undefined, bytes: Uint8Array, response: ServerResponse): void => {
    if (url === '/mdm/connect') return void response.end(connected(bytes))
    const message = decodeCheckIn(bytes)
    const identity = enrollmentIdentity(message)
    seen.push(
      `${identity.id} ${message.MessageType === 'DeclarativeManagement' ? message.Endpoint.kind : message.MessageType}`,
    )
    if (status === 200) response.end(checkedIn(message, identity))
    else response.writeHead(status).end()
  }

  const server = createServer(async (request, response) => {
    // Null of a device that was stopped before it had said all.
    const body = await buffer(request).catch(() => null)
    if (body !== null) answer(request.url, body, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, seen, tokens, magics, reports, close: () => closed(server) }
}

function answerTo(endpoint: Endpoint): Uint8Array {
  const { Identifier, ServerToken } = declaration
  switch (endpoint.kind) {
    case 'status':
      return new Uint8Array()
    case 'tokens':
      return encodeTokensResponse({ SyncTokens: { DeclarationsToken: 't', Timestamp: '2026-09-01T00:00:00Z' } })
    case 'declaration-items':
      return encodeDeclarationItems({
        Declarations: { Activations: [], Assets: [], Configurations: [{ Identifier, ServerToken }], Management: [] },
        DeclarationsToken: 't',
      })
    case 'declaration':
      return encodeDeclaration(declaration)
  }
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
