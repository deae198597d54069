import { magnitude, real } from '../../value/number.ts'
import type { Value } from '../../value/value.ts'
import type { Term } from './skeleton.ts'

/**
 * Values of a term that together behave in every way in which any value could: each constant that it is compared with, and
 * one value in each gap before, between and after them.
 */
export function samplesOf(term: Term): readonly Value[] {
  const { shape, isCount } = term
  const constants = [...term.constants]
  const texts = constants.filter((value) => typeof value === 'string')
  const numbers = constants.map(magnitude).filter((value) => value !== undefined)
  switch (shape?.type) {
    case 'boolean':
      return [false, true]
    case 'string':
      return shape.rangelist ? [...new Set([...shape.rangelist, ...texts])] : textSamples(texts)
    case 'integer':
      return integerSamples(numbers).filter((value) => !isCount || Number(value) >= 0)
    case 'number':
      return realSamples(numbers)
    default: {
      const plain = [
        ...(texts.length > 0 ? textSamples(texts) : []),
        ...(numbers.length > 0 ? realSamples(numbers) : []),
      ]
      // Whatever else a value of no known type may be: it equals nothing and has no order.
      return [...plain, {}]
    }
  }
}

function textSamples(texts: readonly string[]): readonly string[] {
  return [...new Set(['', ...texts.flatMap((text) => [text, `${text}\u0001`])])]
}

function integerSamples(numbers: readonly (number | bigint)[]): readonly Value[] {
  const whole = numbers.flatMap((number) => (typeof number === 'bigint' ? [number] : [BigInt(Math.floor(number))]))
  const near = whole.flatMap((number) => [number - 1n, number, number + 1n])
  return [...new Set(near.length > 0 ? near : [0n])].map((value) => {
    const plain = Number(value)
    return Number.isSafeInteger(plain) ? plain : value
  })
}

function realSamples(numbers: readonly (number | bigint)[]): readonly Value[] {
  const sorted = [...new Set(numbers.map(Number))].filter(Number.isFinite).toSorted((a, b) => a - b)
  const between = sorted.slice(1).map((number, at) => (number + (sorted[at] ?? number)) / 2)
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)]
  return [...new Set([...sorted, ...between, least - 1, most + 1])].map(real)
}
