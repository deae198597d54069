import { MOST_OF_MANIFEST } from '@edict/core'
import { decodePlist, PlistError, type PlistValue } from '@edict/protocol'
import type { Content } from '@edict/store'
import type { ContentFiles } from './content-files.ts'

/** What hosted content says, as the manifest of a package; null when it is no property list, too large for one, or not there. */
export async function hostedManifest(
  { sha256, size }: Pick<Content, 'sha256' | 'size'>,
  files: Pick<ContentFiles, 'open'>,
): Promise<PlistValue | null> {
  if (size > MOST_OF_MANIFEST) return null
  const file = await files.open(sha256)
  if (file === null) return null
  try {
    return decodePlist(await file.readFile())
  } catch (error) {
    if (error instanceof PlistError) return null
    throw error
  } finally {
    await file.close()
  }
}
