import { type ManifestChanges, manifestChanges } from '@edict/core'
import type { Services } from '../services.ts'

/**
 * What a manifest has that the one shown before did not have so.
 *
 * @param before token of the one before; null: there was none
 * @returns nothing where that one is gone
 */
export async function changesSince(
  before: string | null,
  token: string,
  { manifests, store }: Pick<Services, 'manifests' | 'store'>,
): Promise<{ readonly changes?: ManifestChanges }> {
  const itemsOf = async (one: string) => (await manifests.served(one, store.read)).generation.items
  try {
    return { changes: manifestChanges(before === null ? [] : await itemsOf(before), await itemsOf(token)) }
  } catch {
    return {}
  }
}
