import { type Endpoint, formatEndpoint, parseEndpoint } from '../endpoint.ts'
import { ProtocolError } from '../errors.ts'
import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { fieldsOf } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/**
 * One request of declarative management. Only `status` carries Data: the octets of a StatusReport in JSON.
 * @see apple:mdm/checkin/declarativemanagement.yaml
 */
export interface DeclarativeManagement extends IdentityKeys {
  readonly MessageType: 'DeclarativeManagement'
  readonly Endpoint: Endpoint
  readonly Data?: Uint8Array
}

interface Wire extends Omit<DeclarativeManagement, 'Endpoint'> {
  readonly Endpoint: string
}

const fields = fieldsOf<Wire>('DeclarativeManagement', {
  MessageType: 'string',
  ...identityFields,
  Endpoint: 'string',
  Data: 'data?',
})

/** @throws {ProtocolError} also `endpoint-unknown`, and `key-missing` for a status without Data */
export function decodeDeclarativeManagement(plist: PlistDict): DeclarativeManagement {
  const wire = fields.read(plist)
  const endpoint = parseEndpoint(wire.Endpoint)
  if (endpoint.kind === 'status' && wire.Data === undefined) {
    throw new ProtocolError('key-missing', 'Cannot read DeclarativeManagement: Data is missing beside status', {
      at: 'Data',
      expected: 'a StatusReport as data',
    })
  }
  return { ...wire, Endpoint: endpoint }
}

export function encodeDeclarativeManagement(message: DeclarativeManagement): PlistDict {
  return fields.write({ ...message, Endpoint: formatEndpoint(message.Endpoint) })
}
