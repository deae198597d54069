import { endpointKind } from '../embedded.ts'
import type { PlistRule } from '../wire-rule.ts'

/** A status check-in without Data reports nothing. */
export const dataMissing: PlistRule = {
  code: 'data-missing',
  severity: 'error',
  finds: 'a check-in to Endpoint `status` without `Data`',
  plists: ['check-in'],
  check: ({ root }) =>
    endpointKind(root) === 'status' && !Object.hasOwn(root, 'Data')
      ? [{ at: '/Data', message: 'Cannot read the status report: Data is missing', expected: 'a StatusReport in JSON' }]
      : [],
}
