import { describe, expect, it } from 'vitest'
import { placeOfProblem, writtenJson } from './place-of-problem.ts'

const text = `{
  "Type": "com.apple.activation.simple",
  "Predicate": "TRUEPREDICATE",
  "Payload": { "StandardConfigurations": ["a"],
    "Predicate": "\\"x\\" IN @property(roles)\\n OR ((" }
}`

const placeOf = (code: string, at: string, found?: unknown, within?: string, whole = text) => {
  const place = placeOfProblem({ code, at, found }, writtenJson(whole, within))
  return place && `${place.line}:${place.column}`
}

describe('placeOfProblem()', () => {
  it('is where the value stands, or the key when that is what was found', () => {
    expect(placeOf('payload-type', '/Payload/StandardConfigurations/0', 'a')).toBe('4:43')
    expect(placeOf('payload-key-unknown', '/Payload/StandardConfigurations', 'StandardConfigurations')).toBe('4:16')
    expect(placeOf('predicate-misplaced', '/Predicate', 'TRUEPREDICATE')).toBe('3:3')
  })

  it('is inside the string for a predicate, past the escapes of JSON', () => {
    expect(placeOf('syntax', '/Payload/Predicate:1:1')).toBe('5:19')
    expect(placeOf('syntax', '/Payload/Predicate:1:5')).toBe('5:25')
    expect(placeOf('syntax', '/Payload/Predicate:2:5')).toBe('5:50')
  })

  it('is what should hold that which is missing', () => {
    expect(placeOf('payload-presence', '/Payload/Missing/Deeper')).toBe('4:14')
    expect(placeOf('declaration-malformed', '/Identifier')).toBe('1:1')
  })

  it('is inside of one of many', () => {
    expect(placeOf('payload-type', '/Payload', 1, '/1', '[{},\n{"Payload": 1}]')).toBe('2:13')
  })

  it('is nowhere in text that is no JSON', () => {
    expect(placeOf('payload-type', '/Payload', 1, '', '')).toBeUndefined()
  })
})
