import { topOf } from '../message.ts'
import { ownKey } from '../own-key.ts'
import { isDictionary } from '../walk-shape.ts'
import type { JsonRule } from '../wire-rule.ts'

/**
 * FullReport stands beside StatusItems. Inside is where it has been seen in print; servers do well to read both.
 * @see apple:declarative/protocol/statusreport.yaml
 */
export const fullReportMisplaced: JsonRule = {
  code: 'full-report-misplaced',
  severity: 'warning',
  finds: '`FullReport` inside `StatusItems`',
  kinds: ['status'],
  check: (message) => {
    const items = ownKey(topOf(message), 'StatusItems')
    if (!isDictionary(items) || !Object.hasOwn(items, 'FullReport')) return []
    return [
      {
        at: '/StatusItems/FullReport',
        atKey: true,
        message: 'Cannot count on FullReport here: it belongs beside StatusItems, and not every server reads it inside',
        found: '/StatusItems/FullReport',
        expected: '/FullReport',
      },
    ]
  },
}
