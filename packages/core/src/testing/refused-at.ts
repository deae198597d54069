import { checkDeclaration } from '../declaration/check.ts'
import type { Declared } from '../declared.ts'
import type { Broken } from './break-one-key.ts'

/** Whether a broken draft is refused where it is broken, or for that which holds the broken key. */
export function refusedAt({ draft, at }: Broken, ground: Declared): boolean {
  return checkDeclaration(draft, ground).some(({ severity, at: place = '' }) => {
    const pointer = place.replace(/:\d+:\d+$/, '')
    return severity === 'error' && (pointer === at || (at.startsWith(`${pointer}/`) && pointer !== '/Payload'))
  })
}
