import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { House, Manifest, Source } from './house.ts'
import { importsOf } from './imports.ts'
import type { Room } from './rooms.ts'

const sourceName = /\.(ts|tsx|mts|js|mjs)$/
const notOurs = new Set(['node_modules', 'coverage', 'dist'])

/** Reads every source and package.json of the rooms that exist below `root`. */
export function readHouse(root: string, rooms: readonly Room[]): House {
  const present = rooms.filter((room) => existsSync(join(root, room.folder)))
  return {
    root,
    rooms,
    folders: [...subfolders(root, 'packages'), ...subfolders(root, 'apps'), ...besides(present)],
    sources: present.flatMap((room) => filesBelow(root, room.folder).map((path) => readSource(root, room, path))),
    manifests: new Map(present.map((room) => [room.name, readManifest(join(root, room.folder))])),
    rootManifest: readManifest(root),
  }
}

function besides(present: readonly Room[]): readonly string[] {
  return present.map((room) => room.folder).filter((folder) => !folder.includes('/'))
}

function subfolders(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`)
}

function filesBelow(root: string, folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesBelow(root, path)
      return sourceName.test(entry.name) ? [path] : []
    })
}

function readSource(root: string, room: Room, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const imports = importsOf(path, syntax)
  const runsInVitest = imports.some((one) => one.target.kind === 'npm' && one.target.name === 'vitest')
  return { path, room, isTest: path.includes('.test.') || room.name === 'tests' || runsInVitest, syntax, imports }
}

function readManifest(folder: string): Manifest {
  const path = join(folder, 'package.json')
  const json: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  return { dependencies: namesIn(json, 'dependencies'), devDependencies: namesIn(json, 'devDependencies') }
}

function namesIn(json: unknown, key: string): readonly string[] {
  if (typeof json !== 'object' || json === null) return []
  const list: unknown = Object.entries(json).find(([name]) => name === key)?.[1]
  return typeof list === 'object' && list !== null ? Object.keys(list) : []
}
