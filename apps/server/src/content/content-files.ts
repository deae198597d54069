import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The octets that devices download, in files by their SHA-256. Several nodes have the same folder. */
export interface ContentFiles {
  /**
   * Keeps octets as they come, never all of them in memory. They are on disk when it resolves.
   *
   * @throws ContentTooLarge when there are more than may be, or what the octets throw; then nothing is kept
   */
  receive(octets: AsyncIterable<Uint8Array>): Promise<{ readonly sha256: string; readonly size: number }>
  /** Null when the file is not there. */
  open(sha256: string): Promise<FileHandle | null>
  /** Deletes what nobody keeps and nobody wrote to since a moment, in milliseconds since the epoch; gives how many files. */
  collect(isKept: (sha256: string) => Promise<boolean>, before: number): Promise<number>
}

/** More octets came than content may have. */
export class ContentTooLarge extends Error {
  readonly limit: number

  constructor(limit: number) {
    super(`Cannot keep this content: it is over ${limit} octets`)
    this.limit = limit
  }
}

const NAME = /^([0-9a-f]{64})$|^incoming-/

/** @param limit octets that one content may have */
export function contentFiles(folder: string, limit: number): ContentFiles {
  return {
    async receive(octets) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const incoming = join(folder, `incoming-${randomUUID()}`)
      try {
        const written = await write(octets, incoming, limit)
        await rename(incoming, join(folder, written.sha256))
        await syncFolder(folder)
        return written
      } catch (error) {
        await rm(incoming, { force: true })
        throw error
      }
    },

    open: (sha256) => open(join(folder, sha256), 'r').catch(nullWhereMissing),

    async collect(isKept, before) {
      const names = (await readdir(folder).catch(nullWhereMissing)) ?? []
      let deleted = 0
      for (const name of names) {
        const [whole, sha256] = NAME.exec(name) ?? []
        if (whole === undefined || (sha256 !== undefined && (await isKept(sha256)))) continue
        // Looked at last: somebody may have handed in the same octets meanwhile.
        const file = await stat(join(folder, name)).catch(nullWhereMissing)
        if (file === null || file.mtimeMs >= before) continue
        await rm(join(folder, name), { force: true })
        deleted += 1
      }
      return deleted
    },
  }
}

async function write(octets: AsyncIterable<Uint8Array>, path: string, limit: number) {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of octets) {
      size += chunk.length
      if (size > limit) throw new ContentTooLarge(limit)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), size }
}

/** A file that was renamed is there after a power failure when its folder is on disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function nullWhereMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
