import { expect, it } from 'vitest'
import { commands } from './commands.ts'
import { declarationTypes } from './declaration-types.ts'
import type { DeclarationType, RequestType, StatusItemName } from './generated/names.ts'
import { statusItems } from './status-items.ts'

it('has a type of all names, in which a slip does not compile', () => {
  const type: DeclarationType = 'com.apple.configuration.passcode.settings'
  const item: StatusItemName = 'passcode.is-compliant'
  const command: RequestType = 'DeclarativeManagement'
  expect([declarationTypes.has(type), statusItems.has(item), commands.has(command)]).toEqual([true, true, true])

  // @ts-expect-error a letter is missing
  const noType: DeclarationType = 'com.apple.configuration.passcode.setings'
  // @ts-expect-error the item is `passcode.is-compliant`
  const noItem: StatusItemName = 'passcode.compliant'
  // @ts-expect-error names of commands begin with a capital
  const noCommand: RequestType = 'declarativeManagement'
  expect([declarationTypes.has(noType), statusItems.has(noItem), commands.has(noCommand)]).toEqual([
    false,
    false,
    false,
  ])
})
