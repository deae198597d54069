import { ownKey } from '../own-key.ts'
import type { PlistRule } from '../wire-rule.ts'

/** The topic of a push certificate for device management. @see apple:mdm/profiles/com.apple.mdm.yaml (Topic) */
export const topicMalformed: PlistRule = {
  code: 'topic-malformed',
  severity: 'warning',
  finds: 'a `Topic` that does not begin with `com.apple.mgmt.`',
  plists: ['check-in'],
  check: ({ root }) => {
    const topic = ownKey(root, 'Topic')
    if (typeof topic !== 'string' || topic.startsWith('com.apple.mgmt.')) return []
    return [
      {
        at: '/Topic',
        message: 'Cannot push to this Topic: it is not that of a certificate for device management',
        found: topic.slice(0, 80),
        expected: 'com.apple.mgmt.…',
      },
    ]
  },
}
