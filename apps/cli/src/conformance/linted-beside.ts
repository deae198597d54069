import type { WireCode } from '@edict/core'
import type { Flaw } from './check.ts'
import type { Fetched } from './exam.ts'
import { linted } from './linted.ts'
import { arrays } from './listed.ts'

/** What the check of messages finds in a declaration beside what its manifest says of it: what is among these codes. */
export function lintedBeside({ listed, first }: Fetched, codes: readonly WireCode[]): readonly Flaw[] {
  if (first.came?.status !== 200) return []
  const { kind, identifier, serverToken } = listed
  const items = { Activations: [], Assets: [], Configurations: [], Management: [] }
  const Declarations = { ...items, [arrays[kind]]: [{ Identifier: identifier, ServerToken: serverToken }] }
  const manifest = new TextEncoder().encode(JSON.stringify({ Declarations, DeclarationsToken: 'beside' }))
  return linted(first, { kind: 'declaration', asked: { declaration: kind, identifier }, manifest }, codes)
}
