/** Whether a code point belongs. */
export type CharacterTest = (codePoint: number) => boolean

/** Whether something holds between two characters: before `text[at]`. */
export type PositionTest = (text: readonly number[], at: number) => boolean

/** A parsed regular expression. Groups leave no trace and greed none either: only whether the whole text matches counts. */
export type RegexTree =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'position'; readonly test: PositionTest }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexTree[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexTree[] }
  | { readonly kind: 'repeat'; readonly body: RegexTree; readonly min: number; readonly max: number }
  | { readonly kind: 'look'; readonly body: RegexTree; readonly ahead: boolean; readonly negated: boolean }
