import type { RequestType } from '@edict/catalogue'
import { refusal } from '../../problem.ts'
import type { CommandRule } from '../command-proposal.ts'

interface Alternatives {
  readonly keys: readonly string[]
  /** Exactly one of them, or one at least. */
  readonly exactly: boolean
}

const alternatives: ReadonlyMap<string, Alternatives> = new Map<RequestType, Alternatives>([
  ['DeleteUser', { keys: ['UserName', 'DeleteAllUsers'], exactly: false }],
  ['EnableLostMode', { keys: ['Message', 'PhoneNumber'], exactly: false }],
  ['InstallApplication', { keys: ['iTunesStoreID', 'Identifier', 'ManifestURL'], exactly: true }],
  ['InstallEnterpriseApplication', { keys: ['Manifest', 'ManifestURL'], exactly: true }],
  ['RemoveMedia', { keys: ['iTunesStoreID', 'PersistentID'], exactly: true }],
])

/**
 * Keys of which Apple calls each optional, and of which one is needed all the same. Apple says so in the text of the keys.
 *
 * @see apple:mdm/commands/application.install.yaml, device.lostmode.enable.yaml, user.delete.yaml, media.remove.yaml
 */
export const oneOfKeys: CommandRule = ({ requestType, keys: written }) => {
  const wanted = alternatives.get(requestType)
  if (wanted === undefined) return []
  const found = wanted.keys.filter((key) => Object.hasOwn(written, key))
  if (found.length === 1 || (found.length > 1 && !wanted.exactly)) return []
  const expected = `${wanted.exactly ? 'exactly' : 'at least'} one of ${wanted.keys.join(', ')}`
  return [
    refusal('command-incomplete', `Cannot send ${requestType}: it needs ${expected}`, {
      at: '',
      found: found.length === 0 ? 'none of them' : found.join(', '),
      expected,
      remedy: found.length === 0 ? `add ${wanted.keys[0]}` : `keep ${found[0]} alone`,
    }),
  ]
}
