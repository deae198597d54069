import type { Answer, Transport } from '@edict/device'
import { decodeCheckIn, formatEndpoint } from '@edict/protocol'

/** One declarative management request as it went over the wire, with what came back. */
export interface Heard {
  /** `tokens`, `declaration-items`, `status`, `declaration/activation/x` … */
  readonly endpoint: string
  readonly data: Uint8Array | undefined
  readonly answer: Answer
}

/** A transport that also notes each declarative management exchange, in order. */
export function wiretap(transport: Transport): { readonly transport: Transport; readonly heard: readonly Heard[] } {
  const heard: Heard[] = []
  const checkIn: Transport['checkIn'] = async (body, sealed) => {
    const answer = await transport.checkIn(body, sealed)
    const message = decodeCheckIn(body)
    if (message.MessageType === 'DeclarativeManagement')
      heard.push({ endpoint: formatEndpoint(message.Endpoint), data: message.Data, answer })
    return answer
  }
  return { transport: { ...transport, checkIn }, heard }
}
