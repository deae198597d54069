import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import { kindOf } from '../value/kind.ts'
import { magnitude } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import { equal } from './equality.ts'

/** A set of values by `==`, in order of insertion; texts and numbers are found without comparing them all. */
export class DistinctValues {
  readonly values: Value[] = []
  readonly #site: Site
  readonly #steps: Steps
  readonly #alike = new Map<string, Value[]>()

  constructor(site: Site, steps: Steps) {
    this.#site = site
    this.#steps = steps
  }

  has(value: Value): boolean {
    const alike = this.#alike.get(likeness(value)) ?? []
    this.#steps.spend(1, this.#site.at)
    return alike.some((other) => equal(value, other, this.#site, this.#steps))
  }

  add(value: Value): void {
    if (this.has(value)) return
    const key = likeness(value)
    const alike = this.#alike.get(key)
    if (alike) alike.push(value)
    else this.#alike.set(key, [value])
    this.values.push(value)
  }
}

/** Equal values are alike; most unequal ones are not. */
function likeness(value: Value): string {
  const number = magnitude(value)
  if (number !== undefined) return `n${Number(number)}`
  return typeof value === 'string' ? `s${value}` : kindOf(value)
}
