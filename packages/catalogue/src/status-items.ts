import type { StatusItemFacts } from './status-item-facts.ts'

export const statusItems: ReadonlyMap<string, StatusItemFacts> = new Map<string, StatusItemFacts>()
