import { declarationTypes, type Platform } from '@edict/catalogue'
import { describe, expect, it } from 'vitest'
import type { Target } from '../eligibility/eligibility.ts'
import { waysToBreak } from '../testing/break-one-key.ts'
import { exampleGround, exampleOf } from '../testing/example-payload.ts'
import { refusedAt } from '../testing/refused-at.ts'
import { target } from '../testing/targets.ts'
import { checkDeclaration } from './check.ts'
import { PROPERTIES_TYPE } from './declaration.ts'

const ground = exampleGround()
const types = [...declarationTypes.keys()]

/** A channel of each platform that has the type. */
function targetsOf(type: string): readonly Target[] {
  const facts = declarationTypes.get(type)
  return Object.entries(facts?.availability ?? {}).map(([platform, { scopes }]) =>
    target(platform as Platform, '99.0', { channel: scopes?.includes('system') === false ? 'user' : 'device' }),
  )
}

describe.each(types)('an example of %s', (type) => {
  it('passes with the keys that are required, and with all that there are', () => {
    expect(checkDeclaration(exampleOf(type, 'required'), ground)).toEqual([])
    expect(checkDeclaration(exampleOf(type, 'all'), ground).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('has no error on the targets that the type is for', () => {
    const targets = targetsOf(type)
    const problems = checkDeclaration(exampleOf(type, 'required'), ground, { targets })
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it.skipIf(type === PROPERTIES_TYPE)('is refused at the key that is broken in it, in whichever way', () => {
    const ways = [...waysToBreak(exampleOf(type, 'required')), ...waysToBreak(exampleOf(type, 'all'))]
    expect(ways.length).toBeGreaterThan(0)
    const missed = ways.map((broken) => broken()).filter((broken) => !refusedAt(broken, ground))
    expect(missed.map(({ how, at }) => `${how} ${at}`)).toEqual([])
  })
})
