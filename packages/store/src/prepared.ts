import type { Compilable } from 'kysely'
import type { Session } from './dialect/dialect.ts'

type Query<A extends readonly unknown[], R> = (session: Session, ...args: A) => Promise<readonly R[]>

/**
 * A query that is built and compiled once for each dialect; afterwards only its arguments are put in their places. An
 * argument is a value, never something that decides what the query looks like.
 */
export function prepared<A extends readonly unknown[], R>(
  build: (session: Session, ...args: A) => Compilable<R>,
): Query<A, R> {
  const templates = new Map<string, Template>()
  return async (session, ...args) => {
    let template = templates.get(session.dialect.name)
    if (template === undefined) {
      const places = args.map((_, index) => new Place(index)) as readonly unknown[] as A
      template = new Template(build(session, ...places))
      templates.set(session.dialect.name, template)
    }
    return (await session.execute<R>(template.with(args))).rows
  }
}

/** Stands for an argument while a query is compiled. */
export class Place {
  readonly index: number

  constructor(index: number) {
    this.index = index
  }
}

/** The SQL of a query whose parameters are places or constants. */
export class Template {
  readonly #sql: string
  readonly #parameters: readonly unknown[]

  constructor(query: Compilable<unknown>) {
    const { sql, parameters } = query.compile()
    this.#sql = sql
    this.#parameters = parameters
  }

  with(args: readonly unknown[]): { readonly sql: string; readonly parameters: readonly unknown[] } {
    const parameters = this.#parameters.map((one) => (one instanceof Place ? args[one.index] : one))
    return { sql: this.#sql, parameters }
  }
}
