import type { PredicateContext } from '../context/predicate-context.ts'
import type { Value } from '../value/value.ts'
import { Steps } from './steps.ts'

/** A variable's value, and the ones around it. */
export interface Scope {
  readonly name: string
  readonly value: Value | undefined
  readonly outer: Scope | undefined
}

/** One evaluation under way. */
export class Frame {
  readonly context: PredicateContext
  readonly steps: Steps
  scope: Scope | undefined
  readonly #answers = new Map<string, Value | undefined>()

  /** @param steps the work that may be done, where several evaluations share it */
  constructor(context: PredicateContext, steps = new Steps()) {
    this.context = context
    this.steps = steps
  }

  /** The context is asked once for each name. */
  status(name: string): Value | undefined {
    return this.#once(`s${name}`, () => this.context.status(name))
  }

  property(name: string): Value | undefined {
    return this.#once(`p${name}`, () => this.context.property(name))
  }

  #once(key: string, ask: () => Value | undefined): Value | undefined {
    if (!this.#answers.has(key)) this.#answers.set(key, ask())
    return this.#answers.get(key)
  }
}

/** An expression, compiled: undefined is nil, null the null object (see `kindOf`). */
export type Read = (frame: Frame) => Value | undefined

/** A predicate, compiled; throws a PredicateError where there is no answer. */
export type Test = (frame: Frame) => boolean
