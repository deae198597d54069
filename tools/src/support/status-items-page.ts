import { platforms, type StatusItemFacts, statusItems } from '@edict/catalogue'
import { availabilityTable } from './availability-table.ts'
import { code, table, toHeading } from './markdown.ts'
import { lifetimes } from './marks.ts'
import { page } from './page.ts'

/** Every status item: first all of them, then each by itself. */
export function statusItemsPage(): string {
  const all = [...statusItems.values()]
  return page('Status items', [
    table(
      ['status item', 'value', ...platforms],
      all.map((facts) => [toHeading(facts.name), value(facts), ...lifetimes(facts.availability)]),
    ),
    '## Each item',
    ...all.flatMap(({ name, availability }) => [`### ${code(name)}`, availabilityTable(availability)]),
  ])
}

function value({ type, identified }: StatusItemFacts): string {
  return identified ? `${type}, by identifier` : type
}
