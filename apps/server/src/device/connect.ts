import { type ConnectMessage, decodeConnect } from '@edict/protocol'
import type { Proven } from '../identity/proven.ts'
import { speaking } from '../identity/speaking.ts'
import { connect } from '../operations/connect.ts'
import type { Services } from '../services.ts'
import { type Answer, EMPTY, plist } from './answer.ts'
import type { Trace } from './trace.ts'

/** So many errors of a chain are kept. */
const MOST_ERRORS = 5

/** Answers one turn of a command session: a command, or an empty 200 that ends it. */
export async function connectTurn(
  body: Uint8Array,
  proven: Proven | null,
  services: Services,
  trace: Trace,
): Promise<Answer> {
  const message = decodeConnect(body)
  trace.endpoint = message.Status
  trace.said = {
    kind: 'result',
    uuid: message.Status === 'Idle' ? null : message.CommandUUID,
    status: message.Status,
    ...errorsIn(message),
  }
  return speaking({ keys: message, begins: false, leaves: false, proven }, services, trace, async (who) => {
    const command = await connect(who, message, services, proven)
    if (command === null) return EMPTY
    trace.command = command.given
    return plist(command.bytes)
  })
}

/** Domain and code of what went wrong: the rest may say anything. */
function errorsIn(message: ConnectMessage) {
  const chain = message.Status === 'Idle' ? [] : (message.ErrorChain ?? [])
  if (chain.length === 0) return {}
  const errors = chain.slice(0, MOST_ERRORS).map(({ ErrorDomain, ErrorCode }) => ({
    domain: ErrorDomain.slice(0, 100),
    code: ErrorCode,
  }))
  return { errors }
}
