import type { CharacterTest, PositionTest } from './tree.ts'

/** A state of the automaton; `next` and the others are indexes of states. */
export type State =
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly next: number }
  | { readonly kind: 'position'; readonly test: PositionTest; readonly next: number }
  | { readonly kind: 'split'; first: number; readonly second: number }
  | { readonly kind: 'look'; readonly look: Look; readonly next: number }
  | { readonly kind: 'match' }

export interface Program {
  readonly states: readonly State[]
  readonly start: number
}

/** A lookaround: its own program, run over the whole text once. A look ahead runs from the end to the beginning. */
export interface Look {
  readonly program: Program
  readonly ahead: boolean
  readonly negated: boolean
}

export type Regex = Program
