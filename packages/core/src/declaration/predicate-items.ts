import {
  type Availability,
  compareVersions,
  declarationTypes,
  platforms,
  statusItems,
  statusItemValue,
} from '@edict/catalogue'
import type { StatusItemTable } from '@edict/predicate'
import { unavailable } from '../eligibility/available.ts'
import type { Reached } from '../eligibility/eligibility.ts'
import { targetName } from '../eligibility/target-name.ts'
import { ACTIVATION_TYPE } from './declaration.ts'

/** What Apple's schema says of the status items that predicates read. */
export const predicateItems: StatusItemTable = {
  has: (name) => statusItems.has(name),
  names: () => statusItems.keys(),
  value: statusItemValue,
  isEverywhere,
}

/** The same, for targets: what they reported that they have counts before what Apple's schema says. */
export function predicateItemsOn(targets: readonly Reached[]): StatusItemTable {
  return { ...predicateItems, unavailableOn: missingOn(targets) }
}

function missingOn(targets: readonly Reached[]) {
  return (name: string): readonly string[] => {
    const facts = statusItems.get(name)
    if (facts === undefined) return []
    const lacks = ({ reported, ...target }: Reached) =>
      reported === undefined
        ? unavailable(name, facts.availability, target) !== undefined
        : !reported.statusItems.includes(name)
    return [...new Set(targets.filter(lacks).map(targetName))]
  }
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
