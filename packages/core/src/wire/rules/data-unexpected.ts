import { endpointKind } from '../embedded.ts'
import type { PlistRule } from '../wire-rule.ts'

/** Only a status check-in carries Data. */
export const dataUnexpected: PlistRule = {
  code: 'data-unexpected',
  severity: 'warning',
  finds: '`Data` in a check-in to another Endpoint than `status`',
  plists: ['check-in'],
  check: ({ root }) => {
    const kind = endpointKind(root)
    if (kind === undefined || kind === 'status' || !Object.hasOwn(root, 'Data')) return []
    const message = `Cannot use Data here: Endpoint ${kind} has none`
    return [{ at: '/Data', atKey: true, message, found: 'Data', remedy: 'leave Data out' }]
  },
}
