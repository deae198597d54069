import { statusItemRows } from './generated/status-items.ts'
import type { StatusItemFacts } from './status-item-facts.ts'

/** Every status item that Apple's schema describes, by name. */
export const statusItems: ReadonlyMap<string, StatusItemFacts> = new Map(
  statusItemRows.map((facts) => [facts.name, facts]),
)
