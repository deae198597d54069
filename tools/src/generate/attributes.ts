import type { Read } from './read-values.ts'
import { inside, SchemaError, type SchemaPlace } from './schema-error.ts'

/**
 * The attributes of one mapping in the schema. What is neither taken nor known to be of no interest stops the generator: a
 * new attribute of Apple's is a new fact, and somebody has to decide what it means.
 */
export class Attributes {
  readonly at: SchemaPlace
  readonly #left: Map<string, unknown>

  constructor(value: unknown, at: SchemaPlace) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new SchemaError('type-wrong', at, value, 'a mapping')
    }
    this.at = at
    this.#left = new Map(Object.entries(value))
  }

  names(): readonly string[] {
    return [...this.#left.keys()]
  }

  take<T>(name: string, read: Read<T>): T | undefined {
    if (!this.#left.has(name)) return undefined
    const value = this.#left.get(name)
    this.#left.delete(name)
    return read(value, inside(this.at, name))
  }

  need<T>(name: string, read: Read<T>): T {
    if (!this.#left.has(name)) throw new SchemaError('attribute-missing', this.at, this.names(), name)
    return this.take(name, read) as T
  }

  skip(...names: readonly string[]): void {
    for (const name of names) this.#left.delete(name)
  }

  /** To be called when all is taken. */
  finish(): void {
    const [unknown] = this.#left.keys()
    if (unknown !== undefined) {
      throw new SchemaError('attribute-unknown', inside(this.at, unknown), this.#left.get(unknown), 'no such attribute')
    }
  }
}
