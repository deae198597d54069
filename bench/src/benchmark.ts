import type { DatabaseName } from './database-name.ts'
import type { Databases } from './databases.ts'

/** Something that is measured: one file, one question. */
export interface Benchmark {
  readonly name: string
  /** The question that its figures answer. */
  readonly title: string
  run(bench: Bench): Promise<readonly Figure[]>
}

/** What a benchmark runs with. */
export interface Bench {
  /** Fewer devices and requests, for a look. */
  readonly quick: boolean
  readonly databases: Databases
  say(progress: string): void
}

/** One line of results. */
export interface Figure {
  readonly what: string
  readonly unit: Unit
  readonly values: Readonly<Partial<Record<DatabaseName, number>>>
  readonly target?: Target
}

export type Unit = 'times' | 'percent' | 'a second' | 'ms' | 'octets' | 'MiB' | 'MiB a second'

export interface Target {
  readonly kind: 'at least' | 'at most'
  readonly value: number
}

export function isMet({ kind, value }: Target, found: number): boolean {
  return kind === 'at least' ? found >= value : found <= value
}
