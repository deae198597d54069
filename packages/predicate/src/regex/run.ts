import type { Look, Program, Regex } from './program.ts'

/** Called with the number of states visited; throws to stop. */
export type Spend = (count: number) => void

/** Whether a regular expression matches a whole text, in time at most text times states. */
export function matchesWhole(regex: Regex, source: string, spend: Spend): boolean {
  spend(source.length >> 1)
  const text = Array.from(source, (character) => character.codePointAt(0) ?? 0)
  const run = new Run(text, spend)
  return run.reaches(regex)
}

/** All states are followed at once, character by character, so nothing is ever tried twice (Thompson, Pike). */
class Run {
  readonly #text: readonly number[]
  readonly #spend: Spend
  readonly #tables = new Map<Look, Uint8Array>()

  constructor(text: readonly number[], spend: Spend) {
    this.#text = text
    this.#spend = spend
  }

  /** Whether the program, begun at the start of the text, ends at its end. */
  reaches(program: Program): boolean {
    const sets = new StateSets(program.states.length)
    let states = this.#closure(program, [program.start], 0, sets)
    for (let at = 0; at < this.#text.length; at += 1) {
      if (states.length === 0) return false
      states = this.#closure(program, this.#through(program, states, this.#text[at] ?? 0), at + 1, sets)
    }
    return states.some((index) => program.states[index]?.kind === 'match')
  }

  /** For each position, whether a lookaround's program matches some text that begins (or ends) there. */
  #table(look: Look): Uint8Array {
    const known = this.#tables.get(look)
    if (known) return known
    const { program, ahead } = look
    const length = this.#text.length
    const table = new Uint8Array(length + 1)
    const sets = new StateSets(program.states.length)
    let arriving: number[] = []
    for (let step = 0; step <= length; step += 1) {
      const at = ahead ? length - step : step
      const states = this.#closure(program, [program.start, ...arriving], at, sets)
      if (states.some((index) => program.states[index]?.kind === 'match')) table[at] = 1
      const passed = this.#text[ahead ? at - 1 : at]
      if (passed !== undefined) arriving = this.#through(program, states, passed)
    }
    this.#tables.set(look, table)
    return table
  }

  /** The states that one character leads to. */
  #through(program: Program, states: readonly number[], character: number): number[] {
    const reached: number[] = []
    for (const index of states) {
      const state = program.states[index]
      if (state?.kind === 'character' && state.test(character)) reached.push(state.next)
    }
    return reached
  }

  /** The given states and all that can be reached from them at this position without taking a character. */
  #closure(program: Program, from: readonly number[], at: number, sets: StateSets): number[] {
    const found: number[] = []
    const waiting = [...from]
    let visited = 0
    sets.clear()
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (!sets.add(index)) continue
      visited += 1
      const state = program.states[index]
      if (state?.kind === 'split') waiting.push(state.second, state.first)
      else if (state?.kind === 'position') {
        if (state.test(this.#text, at)) waiting.push(state.next)
      } else if (state?.kind === 'look') {
        if ((this.#table(state.look)[at] === 1) !== state.look.negated) waiting.push(state.next)
      } else found.push(index)
    }
    this.#spend(visited + 1)
    return found
  }
}

/** Which states are in the set of the moment; emptied without touching every entry. */
class StateSets {
  readonly #marks: Uint32Array
  #generation = 0

  constructor(size: number) {
    this.#marks = new Uint32Array(size)
  }

  clear(): void {
    this.#generation += 1
  }

  add(index: number): boolean {
    if (this.#marks[index] === this.#generation) return false
    this.#marks[index] = this.#generation
    return true
  }
}
