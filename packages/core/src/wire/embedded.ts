import { type PlistDict, ProtocolError, parseEndpoint } from '@edict/protocol'
import type { PlistKind } from './message.ts'
import { ownKey } from './own-key.ts'
import { isDictionary } from './walk-shape.ts'

/** JSON inside a property list: the tokens of a command, the status report of a check-in. */
export interface Embedded {
  readonly at: string
  readonly kind: 'tokens' | 'status'
  readonly bytes: Uint8Array
}

/** @see apple:mdm/commands/declarativemanagement.yaml, apple:mdm/checkin/declarativemanagement.yaml */
export function embeddedData(root: PlistDict, kind: PlistKind): Embedded | undefined {
  if (kind === 'command') {
    const command = ownKey(root, 'Command')
    if (!isDictionary(command) || ownKey(command, 'RequestType') !== 'DeclarativeManagement') return undefined
    return of(ownKey(command, 'Data'), '/Command/Data', 'tokens')
  }
  if (kind !== 'check-in' || endpointKind(root) !== 'status') return undefined
  return of(ownKey(root, 'Data'), '/Data', 'status')
}

/** What a DeclarativeManagement check-in asks for; undefined for another message, or an Endpoint that is none. */
export function endpointKind(root: PlistDict): 'tokens' | 'declaration-items' | 'status' | 'declaration' | undefined {
  const endpoint = ownKey(root, 'Endpoint')
  if (ownKey(root, 'MessageType') !== 'DeclarativeManagement' || typeof endpoint !== 'string') return undefined
  try {
    return parseEndpoint(endpoint).kind
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

function of(value: unknown, at: string, kind: Embedded['kind']): Embedded | undefined {
  return value instanceof Uint8Array ? { at, kind, bytes: value } : undefined
}
