import { declarationTypes } from '@edict/catalogue'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { waysToBreak } from '../testing/break-one-key.ts'
import { exampleGround, exampleOf } from '../testing/example-payload.ts'
import { refusedAt } from '../testing/refused-at.ts'
import { PROPERTIES_TYPE } from './declaration.ts'

const ground = exampleGround()
const types = [...declarationTypes.keys()].filter((type) => type !== PROPERTIES_TYPE)

it.each(types)('an example of %s is refused at the key that is broken in it, a thousand times', (type) => {
  const ways = [...waysToBreak(exampleOf(type, 'required')), ...waysToBreak(exampleOf(type, 'all'))]
  fc.assert(
    fc.property(fc.constantFrom(...ways), (broken) => {
      expect(broken()).toSatisfy((made: ReturnType<typeof broken>) => refusedAt(made, ground))
    }),
    { numRuns: 1_000 },
  )
})
