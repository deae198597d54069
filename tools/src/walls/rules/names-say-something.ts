import type { House } from '../house.ts'
import { problemOf, type Rule } from '../rule.ts'

const name = 'names-say-something'
const empty = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'shared', 'misc'])

/** No file or folder has a name that fits everything. */
export const namesSaySomething: Rule = {
  name,
  check: (house: House) => {
    const named = house.sources.flatMap((source) => {
      const steps = source.path.split('/')
      const at = steps.findIndex(saysNothing)
      return at < 0 ? [] : [steps.slice(0, at + 1).join('/')]
    })
    return [...new Set(named)].map((path) =>
      problemOf(
        name,
        path,
        `${path.split('/').at(-1)} says nothing about what is inside. Keep it beside its only user; with a second user it is a concept, and has a name`,
      ),
    )
  },
}

function saysNothing(step: string): boolean {
  const word = (step.split('.')[0] ?? '').toLowerCase()
  return empty.has(word) || /[-_](utils?|helpers?)$/.test(word)
}
