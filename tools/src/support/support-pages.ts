import { commandsPage } from './commands-page.ts'
import { declarationsPage } from './declarations-page.ts'
import { indexPage } from './index-page.ts'
import { statusItemsPage } from './status-items-page.ts'

/** The pages of `docs/support`, by file name. The same catalogue gives the same text. */
export function supportPages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage()],
    ['declarations.md', declarationsPage()],
    ['status-items.md', statusItemsPage()],
    ['commands.md', commandsPage()],
  ])
}
