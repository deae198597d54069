import type { DeclarationFacts } from './declaration-facts.ts'
import { declarations } from './generated/declarations.ts'

/** Every declaration type that Apple's schema describes, by type. */
export const declarationTypes: ReadonlyMap<string, DeclarationFacts> = new Map(
  declarations.map((facts) => [facts.type, facts]),
)
