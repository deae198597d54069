import { ProtocolError, parseEndpoint } from '@edict/protocol'
import { ownKey } from '../own-key.ts'
import type { PlistRule } from '../wire-rule.ts'

/** One of the four endpoints of declarative management. @see apple:mdm/checkin/declarativemanagement.yaml */
export const endpointUnknown: PlistRule = {
  code: 'endpoint-unknown',
  severity: 'error',
  finds: 'an `Endpoint` that declarative management does not have, such as `declaration/configurations/…`',
  plists: ['check-in'],
  check: ({ root }) => {
    const endpoint = ownKey(root, 'Endpoint')
    if (ownKey(root, 'MessageType') !== 'DeclarativeManagement' || typeof endpoint !== 'string') return []
    try {
      parseEndpoint(endpoint)
      return []
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      const { message, found, expected } = error
      return [{ at: '/Endpoint', message, found, ...(expected === undefined ? {} : { expected }) }]
    }
  },
}
