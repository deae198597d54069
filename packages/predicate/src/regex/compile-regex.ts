import { limits } from '../source/limits.ts'
import { parseRegex } from './parse-regex.ts'
import type { Program, Regex, State } from './program.ts'
import { RegexError } from './regex-error.ts'
import type { RegexTree } from './tree.ts'

/** Turns a pattern into an automaton (Thompson's construction). Throws a RegexError. */
export function compileRegex(pattern: string, ignoreCase: boolean): Regex {
  return new Builder(false, { left: limits.regexSize }).program(parseRegex(pattern, ignoreCase))
}

interface Size {
  left: number
}

/** Builds states back to front: each part is given the state that follows it. */
class Builder {
  readonly #states: State[] = []
  readonly #backward: boolean
  readonly #size: Size

  constructor(backward: boolean, size: Size) {
    this.#backward = backward
    this.#size = size
  }

  program(tree: RegexTree): Program {
    const end = this.#add({ kind: 'match' })
    const start = this.#build(tree, end)
    return { states: this.#states, start }
  }

  #build(tree: RegexTree, next: number): number {
    switch (tree.kind) {
      case 'character':
      case 'position':
        return this.#add({ ...tree, next })
      case 'sequence':
        return (this.#backward ? tree.parts : tree.parts.toReversed()).reduce(
          (following, part) => this.#build(part, following),
          next,
        )
      case 'choice':
        return tree.options
          .map((option) => this.#build(option, next))
          .reduceRight((second, first) => this.#add({ kind: 'split', first, second }))
      case 'repeat':
        return this.#repeat(tree.body, tree.min, tree.max, next)
      case 'look': {
        const program = new Builder(tree.ahead, this.#size).program(tree.body)
        return this.#add({ kind: 'look', look: { program, ahead: tree.ahead, negated: tree.negated }, next })
      }
    }
  }

  #repeat(body: RegexTree, min: number, max: number, next: number): number {
    let start = next
    if (max === Number.POSITIVE_INFINITY) start = this.#loop(body, next)
    else
      for (let copies = min; copies < max; copies += 1)
        start = this.#add({ kind: 'split', first: this.#build(body, start), second: next })
    for (let copies = 0; copies < min; copies += 1) {
      this.#charge()
      start = this.#build(body, start)
    }
    return start
  }

  #loop(body: RegexTree, next: number): number {
    const split = { kind: 'split' as const, first: next, second: next }
    const at = this.#add(split)
    split.first = this.#build(body, at)
    return at
  }

  #add(state: State): number {
    this.#charge()
    return this.#states.push(state) - 1
  }

  #charge(): void {
    this.#size.left -= 1
    if (this.#size.left < 0) throw new RegexError('regex-too-large', `is larger than ${limits.regexSize} states`, 0)
  }
}
