import { open, readdir, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { LARGEST } from '@edict/core'
import { UsageError } from '../../failure.ts'

/** Octets with the path under which they are shown. */
export interface Input {
  readonly path: string
  /** At most one octet more than is looked at. */
  readonly bytes: Uint8Array
}

/** Files that are looked at together: they may refer to each other. */
export interface State {
  /** Whether everything that is declared is here. A directory is whole; files of which each was named are a part. */
  readonly whole: boolean
  readonly inputs: readonly Input[]
}

/** What is looked at in a directory. A file that is named itself may have any name. */
const EXTENSIONS: ReadonlySet<string> = new Set(['.json', '.plist', '.mobileconfig', '.xml'])

/** Files open at once. */
const AT_ONCE = 32

/**
 * Reads what was named on the command line: each directory is a state of its own, all files together are one. `-` is standard
 * input.
 *
 * @throws UsageError when something cannot be read
 */
export async function readStates(
  paths: readonly string[],
  standardInput: () => Promise<Uint8Array>,
): Promise<readonly State[]> {
  const files: string[] = []
  const directories: string[] = []
  for (const path of paths) (await isDirectory(path)) ? directories.push(path) : files.push(path)
  const states: State[] = []
  if (files.length > 0) states.push({ whole: false, inputs: await readAll([...new Set(files)], standardInput) })
  for (const directory of directories) {
    states.push({ whole: true, inputs: await readAll(await filesIn(directory), standardInput) })
  }
  return states
}

async function isDirectory(path: string): Promise<boolean> {
  if (path === '-') return false
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** In an order that does not depend on the file system. What begins with a dot, and `node_modules`, is passed over. */
async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(directory, error)
  })
  const found: string[] = []
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const path = join(directory, entry.name)
    if (entry.isDirectory()) found.push(...(await filesIn(path)))
    else if (EXTENSIONS.has(extname(entry.name).toLowerCase())) found.push(path)
  }
  return found
}

async function readAll(paths: readonly string[], standardInput: () => Promise<Uint8Array>): Promise<readonly Input[]> {
  const inputs: Input[] = []
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const some = paths.slice(at, at + AT_ONCE).map(async (path) => ({
      path,
      bytes: path === '-' ? await standardInput() : await readBounded(path),
    }))
    inputs.push(...(await Promise.all(some)))
  }
  return inputs
}

/** Reads one octet more than is looked at, never the whole of a large file. */
async function readBounded(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    if (size <= LARGEST) return await file.readFile()
    const bytes = new Uint8Array(LARGEST + 1)
    await file.read(bytes, 0, bytes.length)
    return bytes
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): UsageError {
  const { code } = error as { code?: string }
  const why = code === 'ENOENT' ? 'there is no such file' : error instanceof Error ? error.message : String(error)
  return new UsageError(`Cannot read ${path}: ${why}`)
}

/** The Identifier of a declaration that does not say it itself: the name of its file. */
export function nameOf(path: string): string {
  return path === '-' ? 'stdin' : basename(path, extname(path))
}
