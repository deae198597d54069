import { type ColumnUpdateNode, SqliteQueryCompiler, type ValuesNode } from 'kysely'

/**
 * Compiles queries so that SQLite plans them once. Where the value of a parameter could change the plan (beside a join, a
 * limit or a partial index), SQLite parses and plans a prepared statement again each time a value is bound, which takes ten
 * times what the statement itself does. The outcome of a subquery it cannot look at beforehand.
 */
export class PlannedOnceCompiler extends SqliteQueryCompiler {
  #stored = false

  protected override visitValues(node: ValuesNode): void {
    this.#storing(() => super.visitValues(node))
  }

  protected override visitColumnUpdate(node: ColumnUpdateNode): void {
    this.#storing(() => super.visitColumnUpdate(node))
  }

  protected override appendValue(parameter: unknown): void {
    if (!this.#stored) this.append('(select ')
    super.appendValue(parameter)
    if (!this.#stored) this.append(')')
  }

  /** What is only stored decides nothing. */
  #storing(visit: () => void): void {
    const before = this.#stored
    this.#stored = true
    visit()
    this.#stored = before
  }
}
