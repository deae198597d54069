import fc from 'fast-check'
import { expect, it } from 'vitest'
import { conditionWords } from '../condition/condition.ts'
import { causes } from '../diagnosis/causes.ts'
import { stages } from '../diagnosis/stage.ts'
import { fleetWord, fleetWords, partOf } from './fleet-word.ts'

it('knows the words of conditions, causes and stages, and no word means two things', () => {
  for (const word of [...conditionWords, ...causes.map(({ code }) => code)]) expect(fleetWord(word)).toBe(word)
  for (const stage of stages) expect(fleetWord(`stage:${stage}`)).toBe(`stage:${stage}`)
  const plain = fleetWords.map((word) => word.toLowerCase())
  expect(new Set(plain).size).toBe(plain.length)
})

it('takes words in any case, and gives them back as they are written', () => {
  expect(fleetWord('IOS')).toBe('iOS')
  expect(fleetWord('Behind:First')).toBe(undefined)
  expect(fleetWord('BEHIND:17')).toBe('behind:17')
  expect(fleetWord('FAILED:Error.X')).toBe('failed:Error.X')
})

it('asks for no more than a word needs', () => {
  for (const word of [...conditionWords, 'failed:Error.X']) expect(partOf(word), word).toBe('conditions')
  for (const word of [
    'healthy',
    'ailing',
    'stage:in-force',
    'unexplained:not-woken',
    ...causes.map(({ code }) => code),
  ])
    expect(partOf(word), word).toBe('diagnosis')
  for (const word of ['channels', 'behind', 'behind:17', 'in-sync', 'iOS', 'silent', 'left', 'identity-ends'])
    expect(partOf(word), word).toBe('enrollment')
})

it('lists itself: whatever is offered is known', () => {
  for (const word of fleetWords) expect(fleetWord(word), word).toBe(word)
})

it.each(['', ':', 'behind:', 'behind:x', 'in-sync:first', 'stage:nowhere', 'waiting:x', 'failed:', 'constructor'])(
  '%j names no number',
  (text) => expect(fleetWord(text)).toBeUndefined(),
)

it('is undefined or itself, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const word = fleetWord(text)
      if (word !== undefined) expect(fleetWord(word)).toBe(word)
    }),
  )
})
