import type { Declared } from '@edict/core'

const REVISIONS = 4

/** What was declared at committed revisions. A revision is never written twice, so nothing in it grows stale. */
export class DeclaredCache {
  readonly #byRevision = new Map<number, Declared>()

  get(revision: number): Declared | undefined {
    return this.#byRevision.get(revision)
  }

  /** Only of a revision that is committed: one that is not may be taken back and given again to something else. */
  put(declared: Declared): void {
    this.#byRevision.set(declared.revision, declared)
    const oldest = Math.min(...this.#byRevision.keys())
    if (this.#byRevision.size > REVISIONS) this.#byRevision.delete(oldest)
  }
}
