import {
  type CheckIn,
  type DeclarativeManagement,
  decodeCheckIn,
  type EnrollmentIdentity,
  encodeGetBootstrapTokenReply,
  encodeGetTokenReply,
  encodeReturnToServiceReply,
  encodeUserAuthenticateReply,
} from '@edict/protocol'
import type { Proven } from '../identity/proven.ts'
import { speaking } from '../identity/speaking.ts'
import { authenticateDevice } from '../operations/authenticate.ts'
import { getBootstrapToken, setBootstrapToken } from '../operations/bootstrap-token.ts'
import { leave } from '../operations/check-out.ts'
import { declaration } from '../operations/declaration.ts'
import { declarationItems } from '../operations/declaration-items.ts'
import { getToken } from '../operations/get-token.ts'
import { returnToService } from '../operations/return-to-service.ts'
import { takeStatusReport } from '../operations/status-report.ts'
import { updateToken } from '../operations/token-update.ts'
import { tokens } from '../operations/tokens.ts'
import { userAuthenticate } from '../operations/user-authenticate.ts'
import type { Services } from '../services.ts'
import { changesSince } from '../trace/changes-since.ts'
import { heardOf, saidInReport, servedBody } from '../trace/heard-of.ts'
import { type Answer, EMPTY, json, plist } from './answer.ts'
import type { Trace } from './trace.ts'

type Serve<M extends CheckIn> = (
  who: EnrollmentIdentity,
  message: M,
  services: Services,
  proven: Proven | null,
  trace: Trace,
) => Promise<Answer>

/** One verb for each MessageType; a new one does not compile until it is here. */
const verbs: { readonly [Type in CheckIn['MessageType']]: Serve<Extract<CheckIn, { MessageType: Type }>> } = {
  Authenticate: async (who, message, services, proven) => {
    await authenticateDevice(who, message, proven, services)
    return EMPTY
  },
  TokenUpdate: async (who, message, services) => {
    await updateToken(who, message, services)
    return EMPTY
  },
  CheckOut: async (who, _, services) => {
    await leave(who, services)
    return EMPTY
  },
  UserAuthenticate: async (who, _, services) => {
    await userAuthenticate(who, services)
    // A zero-length challenge: no AuthToken is needed. @see apple:mdm/checkin/userauthenticate.yaml
    return plist(encodeUserAuthenticateReply({ DigestChallenge: '' }))
  },
  SetBootstrapToken: async (who, message, services) => {
    await setBootstrapToken(who, message, services)
    return EMPTY
  },
  GetBootstrapToken: async (who, _, services) => {
    const BootstrapToken = await getBootstrapToken(who, services)
    return BootstrapToken === undefined ? EMPTY : plist(encodeGetBootstrapTokenReply({ BootstrapToken }))
  },
  GetToken: async (who, message, services) =>
    plist(encodeGetTokenReply({ TokenData: await getToken(who, message, services) })),
  DeclarativeManagement: declarativeManagement,
  ReturnToService: async (who, _, services) => plist(encodeReturnToServiceReply(await returnToService(who, services))),
}

/** Answers one check-in message, whose sender proved to hold a certificate; null where devices are believed without. */
export async function checkIn(
  body: Uint8Array,
  proven: Proven | null,
  services: Services,
  trace: Trace,
): Promise<Answer> {
  const message = decodeCheckIn(body)
  trace.endpoint = message.MessageType === 'DeclarativeManagement' ? message.Endpoint.kind : message.MessageType
  trace.said = heardOf(message)
  const serve = verbs[message.MessageType] as Serve<CheckIn>
  const begins = message.MessageType === 'Authenticate'
  const leaves = message.MessageType === 'CheckOut'
  return speaking({ keys: message, begins, leaves, proven }, services, trace, (who) =>
    serve(who, message, services, proven, trace),
  )
}

async function declarativeManagement(
  who: EnrollmentIdentity,
  message: DeclarativeManagement,
  services: Services,
  _proven: Proven | null,
  trace: Trace,
): Promise<Answer> {
  const { Endpoint: endpoint } = message
  switch (endpoint.kind) {
    case 'tokens': {
      const { token, bytes } = await tokens(who, services)
      trace.said = { kind: 'tokens', token }
      return json(bytes)
    }
    case 'declaration-items': {
      const { token, bytes, before } = await declarationItems(who, services)
      trace.said = { kind: 'declaration-items', token, ...(await changesSince(before, token, services)) }
      return json(bytes)
    }
    case 'declaration': {
      const { declaration: kind, identifier } = endpoint
      const { item, bytes, from } = await declaration(who, kind, identifier, services)
      trace.said = { kind: 'declaration', declaration: kind, identifier, body: servedBody(item), from }
      return json(bytes)
    }
    case 'status': {
      const data = message.Data ?? new Uint8Array()
      const taken = await takeStatusReport(who, data, services)
      trace.said = {
        kind: 'status',
        ...saidInReport(taken?.report ?? null, data),
        ...(taken === null ? {} : { changes: taken.changes }),
      }
      return EMPTY
    }
  }
}
