import { foldFor, textSteps } from './fold.ts'
import type { OperatorMaker } from './operator.ts'

/** `BEGINSWITH`: nil is false, an empty beginning is none. */
export const beginsWith: OperatorMaker = affix('BEGINSWITH', (text, part) => text.startsWith(part))
/** `ENDSWITH`: nil is false, an empty end is none. */
export const endsWith: OperatorMaker = affix('ENDSWITH', (text, part) => text.endsWith(part))

function affix(name: string, holds: (text: string, part: string) => boolean): OperatorMaker {
  return (site, options) => {
    const fold = foldFor(options)
    return (text, part, steps) => {
      if (text === undefined || part === undefined) return false
      if (typeof text !== 'string' || typeof part !== 'string') throw site.mismatch(name, 'two strings', text, part)
      steps.spend(textSteps(text, part), site.at)
      return part !== '' && holds(fold(text), fold(part))
    }
  }
}
