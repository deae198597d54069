import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Draft, withoutServer } from '@edict/core'
import type { Json } from '@edict/protocol'
import { UsageError } from '../failure.ts'
import { isObject, parseJson, type ReadText } from '../input.ts'

/** A declaration that somebody wrote, and where. */
export interface WrittenDraft {
  readonly draft: Draft
  readonly file: string
}

/** The ending of a fixture: such a file holds no declarations. */
export const FIXTURE_ENDING = '.test.json'

/**
 * Declarations in files and folders. In a folder every JSON file counts that holds declarations, at any depth; a file that
 * is named must hold some.
 *
 * @throws UsageError for a path that is not there, JSON that is none, and an Identifier that is there twice
 */
export async function readDeclarations(paths: readonly string[], read: ReadText): Promise<readonly WrittenDraft[]> {
  const found = new Map<string, WrittenDraft>()
  for (const path of paths) {
    const { files, named } = await filesIn(path)
    for (const file of files) {
      for (const one of draftsIn(parseJson(await read(file), file), file, named)) {
        const before = found.get(one.draft.identifier)
        if (before !== undefined && before.file !== file) {
          throw new UsageError(`Cannot use ${file}: ${one.draft.identifier} is also in ${before.file}`)
        }
        found.set(one.draft.identifier, one)
      }
    }
  }
  return [...found.values()]
}

/** JSON files under a path with this ending, sorted. */
export async function findFiles(path: string, ending: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/(?:^|\/)(?:node_modules|\.[^./][^/]*)\//.test(file))
    .sort()
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    throw new UsageError(`Cannot read ${path}: there is no such file or folder`)
  }
}

/** A path that a fixture gives, from where the fixture is. */
export function beside(file: string, path: string): string {
  return resolve(dirname(file), path)
}

async function filesIn(path: string): Promise<{ readonly files: readonly string[]; readonly named: boolean }> {
  if (path === '-' || !(await isFolder(path))) return { files: [path], named: true }
  const files = await findFiles(path, '.json')
  return { files: files.filter((file) => !file.endsWith(FIXTURE_ENDING)), named: false }
}

function draftsIn(value: Json, file: string, named: boolean): readonly WrittenDraft[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [value]
  if (!named && !list.every((one) => isObject(one) && 'Type' in one)) return []
  return list.map((one) => {
    const { Type, Identifier, Payload, ServerToken: _, ...extra } = isObject(one) ? one : {}
    if (typeof Type !== 'string' || typeof Identifier !== 'string' || !isObject(Payload)) {
      throw new UsageError(`Cannot use ${file}: a declaration is an object with Type, Identifier and Payload`)
    }
    return { draft: { identifier: Identifier, type: Type, payload: withoutServer(Payload), extra }, file }
  })
}
