import { nearest } from '@edict/catalogue'
import type { Json, JsonObject } from '@edict/protocol'
import { UsageError } from '../failure.ts'
import { isObject } from '../input.ts'

/** Reads an object key by key, and in the end knows which keys nobody asked for. */
export class Reader {
  readonly at: string
  readonly #object: JsonObject
  readonly #asked = new Set<string>()

  private constructor(object: JsonObject, at: string) {
    this.#object = object
    this.at = at
  }

  static over(value: Json, at: string): Reader {
    if (isObject(value)) return new Reader(value, at)
    throw new UsageError(`Cannot use ${at}: it is not a JSON object`)
  }

  /** The same with the keys of another one over it. */
  with(other: Reader): Reader {
    return new Reader({ ...this.#object, ...other.#object }, other.at)
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#object, key)
  }

  value(key: string): Json | undefined {
    this.#asked.add(key)
    return this.has(key) ? this.#object[key] : undefined
  }

  text(key: string): string {
    const value = this.value(key)
    if (typeof value === 'string') return value
    throw this.wrong(key, value, 'a text')
  }

  optionalText(key: string): string | null {
    return this.value(key) === undefined ? null : this.text(key)
  }

  texts(key: string): readonly string[] | null {
    const value = this.value(key)
    if (value === undefined) return null
    if (isList(value) && value.every((one) => typeof one === 'string')) return value
    throw this.wrong(key, value, 'a list of texts')
  }

  optionalObject(key: string): JsonObject | null {
    const value = this.value(key)
    if (value === undefined || isObject(value)) return value ?? null
    throw this.wrong(key, value, 'an object')
  }

  /** Empty when it is not there. */
  object(key: string): Reader {
    return new Reader(this.optionalObject(key) ?? {}, `${this.at} ${key}`)
  }

  plainObjects(key: string): readonly JsonObject[] {
    const value = this.value(key) ?? []
    if (isList(value) && value.every(isObject)) return value
    throw this.wrong(key, value, 'a list of objects')
  }

  objects(key: string): readonly Reader[] {
    return this.plainObjects(key).map((one, index) => new Reader(one, `${this.at} ${key}[${index}]`))
  }

  textByKey(): ReadonlyMap<string, string> {
    return new Map(Object.keys(this.#object).map((key) => [key, this.text(key)]))
  }

  textsByKey(): ReadonlyMap<string, readonly string[]> {
    return new Map(Object.keys(this.#object).map((key) => [key, this.texts(key) ?? []]))
  }

  /** @throws UsageError for a key that means nothing here */
  end(): void {
    const unknown = Object.keys(this.#object).find((key) => !this.#asked.has(key))
    if (unknown === undefined) return
    const known = [...this.#asked]
    const meant = nearest(unknown, known)
    throw new UsageError(
      `Cannot use ${this.at}: ${unknown} means nothing here`,
      meant === undefined ? `known are ${known.join(', ')}` : `write ${meant}`,
    )
  }

  wrong(key: string, found: Json | undefined, expected: string): UsageError {
    const is = found === undefined ? 'missing' : JSON.stringify(found)
    return new UsageError(`Cannot use ${this.at}: ${key} is ${is}, expected ${expected}`)
  }
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
