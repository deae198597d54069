import { describe, expect, it } from 'vitest'
import { ANYTHING, joined, negated } from './outcomes.ts'

describe('AND', () => {
  it('is false as soon as one is, whatever the others may be', () => {
    expect(joined([['true'], ['false'], ANYTHING], 'false')).toEqual(['false'])
    expect(joined([['true', 'false'], ['false']], 'false')).toEqual(['false'])
  })

  it('keeps an error that may come first', () => {
    expect(joined([ANYTHING, ['false']], 'false')).toEqual(['false', 'error'])
    expect(joined([['error'], ['false']], 'false')).toEqual(['error'])
    expect(joined([['false'], ['error']], 'false')).toEqual(['false'])
  })

  it('is unknown where one is and no other settles it', () => {
    expect(joined([['true'], ['true', 'false']], 'false')).toEqual(['true', 'false'])
  })
})

describe('OR', () => {
  it('is true as soon as one is', () => {
    expect(joined([['false'], ['true'], ['error']], 'true')).toEqual(['true'])
    expect(joined([['true', 'false'], ['true']], 'true')).toEqual(['true'])
  })

  it('is false when all are', () => {
    expect(joined([['false'], ['false']], 'true')).toEqual(['false'])
  })
})

it('NOT turns true and false, and leaves an error one', () => {
  expect(negated(['true'])).toEqual(['false'])
  expect(negated(['false', 'error'])).toEqual(['true', 'error'])
})
