import { expect, it } from 'vitest'
import { decodeFacts } from './decode-facts.ts'
import { Real } from './real.ts'

it('decodeFacts keeps apart what JSON.parse confuses', () => {
  expect(decodeFacts('[2, 2.0, 2.5, 1e3, 9007199254740993, {"__proto__": 1}]')).toEqual([
    2,
    new Real(2),
    2.5,
    new Real(1000),
    9007199254740993n,
    JSON.parse('{"__proto__": 1}'),
  ])
  expect(() => decodeFacts('{')).toThrow(SyntaxError)
  expect(() => decodeFacts(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toThrow(SyntaxError)
})
