import type { Cause } from '../cause.ts'
import { suspectReasons } from '../look.ts'

/** What a declaration points to could not be had, or was something else. */
export const assetUnavailable: Cause = {
  code: 'asset-unavailable',
  number: 29,
  basis: 'documented',
  summary: 'What a declaration points to could not be downloaded, or is not what it should be',
  remedy:
    'serve it under a public https:// address, with the media type, size and hash that the declaration says; a profile as application/x-apple-aspen-config',
  suspect: (history) =>
    suspectReasons(history, [
      'Error.AssetCannotBeDownloaded',
      'Error.AssetCannotBeVerified',
      'Error.AssetCannotBeDeserialized',
      'Error.ConfigurationCannotBeApplied',
      'Error.MissingAssets',
    ]),
}
