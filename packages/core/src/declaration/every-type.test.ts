import { declarationTypes } from '@edict/catalogue'
import { describe, expect, it } from 'vitest'
import { waysToBreak } from '../testing/break-one-key.ts'
import { exampleGround, exampleOf } from '../testing/example-payload.ts'
import { refusedAt } from '../testing/refused-at.ts'
import { targetsOfType } from '../testing/targets-of-type.ts'
import { checkDeclaration } from './check.ts'
import { PROPERTIES_TYPE } from './declaration.ts'

const ground = exampleGround()
const types = [...declarationTypes.keys()]

describe.each(types)('an example of %s', (type) => {
  it('passes with the keys that are required, and with all that there are', () => {
    expect(checkDeclaration(exampleOf(type, 'required'), ground)).toEqual([])
    expect(checkDeclaration(exampleOf(type, 'all'), ground).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('has no error on the targets that the type is for', () => {
    const targets = targetsOfType(type)
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
