import { DistinctValues } from '../operators/distinct.ts'
import { equal } from '../operators/equality.ts'
import { compareValues } from '../operators/ordering.ts'
import type { Frame } from '../runtime/frame.ts'
import type { Site } from '../runtime/site.ts'
import { isArray } from '../value/kind.ts'
import { real, toDouble } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import { largest, smallest } from './extremes.ts'
import type { NamedFunction } from './named-function.ts'
import { numeric, sumOf } from './sum.ts'

type Statistic = (values: readonly Value[], site: Site, frame: Frame) => Value | undefined

/** Functions of one collection. Of an empty one, only `sum`, `count` and `mode` have a value. */
export const statistics: ReadonlyMap<string, NamedFunction> = new Map([
  ['count', ofCollection('count', (values) => values.length)],
  ['sum', ofCollection('sum', (values, site) => sumOf(values, 'sum', site))],
  ['min', ofSome('min', (values, site, frame) => smallest(values, 'min', site, frame.steps))],
  ['max', ofSome('max', (values, site, frame) => largest(values, 'max', site, frame.steps))],
  ['average', ofSome('average', (values, site) => real(mean(doubles(values, 'average', site))))],
  ['median', ofSome('median', (values, site) => real(median(doubles(values, 'median', site))))],
  ['stddev', ofSome('stddev', (values, site) => real(deviation(doubles(values, 'stddev', site))))],
  ['mode', ofCollection('mode', mode)],
])

function ofCollection(name: string, statistic: Statistic): NamedFunction {
  return {
    arity: 1,
    apply([collection], site, frame) {
      if (!isArray(collection)) throw site.mismatch(name, 'an array', collection)
      frame.steps.spend(collection.length, site.at)
      return statistic(collection, site, frame)
    },
  }
}

function ofSome(name: string, statistic: Statistic): NamedFunction {
  return ofCollection(name, (values, site, frame) => {
    if (values.length === 0) throw site.failure('collection-empty', `${name} of nothing has no value`)
    return statistic(values, site, frame)
  })
}

function doubles(values: readonly Value[], who: string, site: Site): readonly number[] {
  return values.map((value) => toDouble(numeric(value, who, site)))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/** Of the whole population, not of a sample. */
function deviation(values: readonly number[]): number {
  const center = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)))
}

/** The most frequent values, smallest first. */
function mode(values: readonly Value[], site: Site, frame: Frame): readonly Value[] {
  const distinct = new DistinctValues(site, frame.steps)
  for (const value of values) distinct.add(value)
  const counts = distinct.values.map((value) => values.filter((other) => equal(value, other, site, frame.steps)).length)
  const most = Math.max(0, ...counts)
  return distinct.values
    .filter((_value, index) => counts[index] === most)
    .toSorted((a, b) => compareValues('mode', a, b, (text) => text, site, frame.steps))
}
