import { createReadStream } from 'node:fs'
import type { Json } from '@edict/protocol'
import { UsageError } from './failure.ts'

/** One value of a file with many, or why it is none. */
export type JsonRow =
  | { readonly line: number; readonly value: Json; readonly size: number }
  | { readonly line: number; readonly flaw: string }

/** A longer row is none: nothing that belongs there is. */
const LONGEST = 4 * 1024 * 1024

/** The text of a file, or of standard input for `-`, in pieces. */
export async function* textOf(path: string): AsyncGenerator<string> {
  const stream = path === '-' ? process.stdin.setEncoding('utf8') : createReadStream(path, { encoding: 'utf8' })
  try {
    yield* stream as AsyncIterable<string>
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`Cannot read ${path}: ${code === 'ENOENT' ? 'there is no such file' : message}`)
  }
}

/**
 * The values of a JSON array, or of JSON Lines, one after the other: no more of the text is held than one of them. What is wrong
 * with one is said in its place, and those after it are read.
 */
export async function* jsonRows(text: AsyncIterable<string>): AsyncGenerator<JsonRow> {
  const splitter = new Splitter()
  for await (const piece of text) yield* splitter.take(piece)
  yield* splitter.end()
}

type Form = 'array' | 'lines'

/** Cuts text into values, at commas and brackets of the outermost array or at the ends of lines. */
class Splitter {
  #form: Form | null = null
  #line = 1
  /** Of the value that is under way: its text and where it begins. */
  #text = ''
  #begins = 1
  #depth = 0
  #inString = false
  #escaped = false
  #closed = false

  /** Whether the value ends before this character, which is part of none. */
  #ends(character: string): boolean {
    if (this.#form === 'lines') return character === '\n'
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (character === '\\') this.#escaped = true
      else if (character === '"') this.#inString = false
      return false
    }
    if (character === '"') this.#inString = true
    else if (character === '{' || character === '[') this.#depth += 1
    else if (this.#depth === 0) return character === ',' || character === ']'
    else if (character === '}' || character === ']') this.#depth -= 1
    return false
  }

  *take(piece: string): Generator<JsonRow> {
    let from = 0
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece[at] as string
      if (this.#form === null) {
        if (/[\s\uFEFF]/.test(character)) {
          if (character === '\n') this.#line += 1
          from = at + 1
          continue
        }
        this.#form = character === '[' ? 'array' : 'lines'
        this.#begins = this.#line
        if (this.#form === 'array') {
          from = at + 1
          continue
        }
      }
      if (this.#ends(character)) {
        yield* this.#cut(piece.slice(from, at))
        from = at + 1
        if (character === ']') this.#closed = true
      }
      if (character === '\n') {
        this.#line += 1
        if (this.#form === 'lines') this.#begins = this.#line
      }
    }
    this.#keep(piece.slice(from))
  }

  *end(): Generator<JsonRow> {
    yield* this.#cut('')
    if (this.#form === 'array' && !this.#closed) yield { line: this.#line, flaw: 'the file breaks off: no ] ends it' }
  }

  *#cut(rest: string): Generator<JsonRow> {
    this.#keep(rest)
    const text = this.#text.trim()
    // An array tells where a value begins only by what comes before it.
    const blank = this.#text.length - this.#text.trimStart().length
    const line = this.#begins + (this.#text.slice(0, blank).match(/\n/g)?.length ?? 0)
    this.#text = ''
    this.#begins = this.#line
    if (text === '') return
    if (this.#closed) return yield { line, flaw: 'there is more after the ] that ends the file' }
    if (text.length > LONGEST) return yield { line, flaw: `it is longer than ${LONGEST} characters` }
    try {
      yield { line, value: JSON.parse(text) as Json, size: text.length }
    } catch (error) {
      yield { line, flaw: `it is no JSON: ${(error as Error).message}` }
    }
  }

  /** Of what is too long the beginning is kept, to say so. */
  #keep(text: string): void {
    if (this.#text.length <= LONGEST) this.#text += text
  }
}
