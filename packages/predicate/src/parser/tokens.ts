import { lex } from '../lexer/lex.ts'
import type { End, Token, Word } from '../lexer/token.ts'
import { reservedWords } from '../lexer/words.ts'
import type { PredicateError } from '../predicate-error.ts'
import { type Place, places } from '../source/place.ts'
import { type Refuse, refusals } from '../source/refusals.ts'

/** A source's tokens with a position that moves forward. */
export class Tokens {
  readonly refuse: Refuse
  readonly #source: string
  readonly #place: (offset: number) => Place
  readonly #tokens: readonly Token[]
  readonly #closings: ReadonlyMap<number, number>
  #index = 0

  constructor(source: string) {
    this.#source = source
    this.refuse = refusals(source)
    this.#place = places(source)
    this.#tokens = lex(source, this.refuse)
    this.#closings = closings(this.#tokens)
  }

  get next(): Token {
    return this.peek(0)
  }

  peek(ahead: number): Token {
    return this.#tokens[this.#index + ahead] ?? this.#end
  }

  get #end(): End {
    return { kind: 'end', offset: this.#source.length, end: this.#source.length }
  }

  at(token: Token): Place {
    return this.#place(token.offset)
  }

  get here(): Place {
    return this.at(this.next)
  }

  /** The token after the parenthesis that closes the one coming next; a bracketed text is read once because of it. */
  get afterParenthesis(): Token | undefined {
    const closing = this.#closings.get(this.#index)
    return closing === undefined ? undefined : (this.#tokens[closing + 1] ?? this.#end)
  }

  advance(): Token {
    const token = this.next
    this.#index += 1
    return token
  }

  isSymbol(...texts: readonly string[]): boolean {
    return this.next.kind === 'symbol' && texts.includes(this.next.text)
  }

  isWord(...words: readonly string[]): boolean {
    return this.next.kind === 'word' && words.includes(this.next.upper)
  }

  skipSymbol(...texts: readonly string[]): boolean {
    const skipped = this.isSymbol(...texts)
    if (skipped) this.#index += 1
    return skipped
  }

  takeSymbol(text: string, why = ''): Token {
    if (!this.isSymbol(text)) throw this.unexpected(`${text}${why}`)
    return this.advance()
  }

  /** Whether a token is a name that may be a key: a word that is not reserved. */
  isName(token: Token): token is Word {
    return token.kind === 'word' && !reservedWords.has(token.upper)
  }

  unexpected(expected: string): PredicateError {
    const found = this.#shown(this.next)
    const reserved = this.next.kind === 'word' && reservedWords.has(this.next.upper)
    const hint =
      reserved && /^a (value|key)/.test(expected)
        ? ` (a reserved word; as a key it is written #${this.#shown(this.next)})`
        : ''
    return this.refuse('syntax', `expected ${expected}, found ${found}${hint}`, this.next.offset, { found, expected })
  }

  #shown(token: Token): string {
    if (token.kind === 'end') return 'the end'
    const text = this.#source.slice(token.offset, token.end)
    return text.length > 40 ? `${text.slice(0, 39)}…` : text
  }
}

function closings(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  const open: number[] = []
  tokens.forEach((token, index) => {
    if (token.kind !== 'symbol') return
    if (token.text === '(') open.push(index)
    const opening = token.text === ')' ? open.pop() : undefined
    if (opening !== undefined) found.set(opening, index)
  })
  return found
}
