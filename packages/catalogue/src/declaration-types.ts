import type { DeclarationFacts } from './declaration-facts.ts'

export const declarationTypes: ReadonlyMap<string, DeclarationFacts> = new Map<string, DeclarationFacts>()
