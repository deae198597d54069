import {
  type Availability,
  compareVersions,
  declarationTypes,
  platforms,
  statusItems,
  statusItemValue,
} from '@edict/catalogue'
import type { StatusItemTable } from '@edict/predicate'
import { ACTIVATION_TYPE } from './declaration.ts'

/** What Apple's schema says of the status items that predicates read. */
export const predicateItems: StatusItemTable = {
  has: (name) => statusItems.has(name),
  names: () => statusItems.keys(),
  value: statusItemValue,
  isEverywhere,
}

/** Whether an item came with activations on every platform that has them. */
function isEverywhere(name: string): boolean {
  const here = statusItems.get(name)?.availability ?? {}
  const activations = declarationTypes.get(ACTIVATION_TYPE)?.availability ?? {}
  return platforms.every((platform) => {
    const [item, activation] = [here[platform], activations[platform]]
    return activation === undefined || (item !== undefined && isAsOld(item, activation))
  })
}

function isAsOld(item: Availability, activation: Availability): boolean {
  return item.removed === undefined && compareVersions(item.introduced, activation.introduced) <= 0
}
