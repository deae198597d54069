import { describe, expect, it } from 'vitest'
import { circuitRest, tripsCircuit } from './circuit.ts'

describe('a refusal makes pushing rest', () => {
  it.each([
    ['certificate', 2, 2],
    ['certificate', 3, 6],
    ['token', 5, 5],
    ['token', 25, 50],
    ['request', 5, 9],
  ] as const)('about the %s, that %i devices of %i got', (cause, devices, of) => {
    expect(tripsCircuit({ cause, devices, of })).toBe(true)
  })
})

describe('a refusal is counted, and nothing more', () => {
  it.each([
    ['certificate', 1, 1],
    ['certificate', 2, 5],
    ['token', 4, 4],
    ['token', 5, 11],
    ['token', 24, 50],
    ['request', 1, 1],
  ] as const)('about the %s, that %i devices of %i got', (cause, devices, of) => {
    expect(tripsCircuit({ cause, devices, of })).toBe(false)
  })
})

it('rests for 1, 2, 4 … 60 minutes', () => {
  expect([0, 1, 2, 5, 6, 50].map((failed) => circuitRest(failed) / 60_000)).toEqual([1, 2, 4, 32, 60, 60])
})
