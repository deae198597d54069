import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '@edict/protocol'
import { findFiles } from '../declaration-files.ts'

/** A folder with these JSON files; it goes when it is disposed of. */
export async function written(files: Readonly<Record<string, Json>>) {
  const folder = await mkdtemp(join(tmpdir(), 'edict-written-'))
  for (const [name, value] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(value))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** The JSON files of a folder by path, for a command line in this process. */
export async function filesOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const paths = await findFiles(folder, '.json')
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)))
}

export const wifi: Readonly<Record<string, Json>> = {
  'wifi.json': {
    Type: 'com.apple.configuration.legacy',
    Identifier: 'wifi',
    Payload: { ProfileURL: 'https://content.example.com/wifi.mobileconfig' },
  },
  'wifi.on.json': {
    Type: 'com.apple.activation.simple',
    Identifier: 'wifi.on',
    Payload: { StandardConfigurations: ['wifi'], Predicate: '@status(passcode.is-present) == TRUE' },
  },
}
