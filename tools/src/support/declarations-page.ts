import { type DeclarationFacts, type DeclarationKind, declarationTypes, platforms } from '@edict/catalogue'
import { availabilityTable } from './availability-table.ts'
import { code, table, toHeading } from './markdown.ts'
import { lifetimes, NONE } from './marks.ts'
import { page } from './page.ts'

const kinds: readonly (readonly [DeclarationKind, string])[] = [
  ['activation', 'Activations'],
  ['configuration', 'Configurations'],
  ['asset', 'Assets'],
  ['management', 'Management'],
]

/** Every declaration type: first all of them by kind, then each by itself. */
export function declarationsPage(): string {
  const all = [...declarationTypes.values()]
  return page('Declarations', [
    ...kinds.flatMap(([kind, title]) => [`## ${title}`, overview(all.filter((facts) => facts.kind === kind))]),
    '## Each type',
    ...all.flatMap(details),
  ])
}

function overview(facts: readonly DeclarationFacts[]): string {
  const rows = facts.map(({ type, apply, availability }) => [
    toHeading(type),
    ...lifetimes(availability),
    apply ?? NONE,
  ])
  return table(['type', ...platforms, 'several active ones'], rows)
}

function details({ type, availability, assets }: DeclarationFacts): readonly string[] {
  const references = assets.map(({ path, assetTypes, contentTypes }) => [
    code(path.join('.')),
    assetTypes.map(toHeading).join(', '),
    contentTypes?.map(code).join(', ') ?? 'any',
  ])
  return [
    `### ${code(type)}`,
    availabilityTable(availability),
    ...(references.length === 0 ? [] : [table(['key', 'refers to', 'media types'], references)]),
  ]
}
