import { readFile } from 'node:fs/promises'
import type { Json, JsonObject } from '@edict/protocol'
import { UsageError } from './failure.ts'

/** Reads a file, or standard input for `-`. */
export type ReadText = (path: string) => Promise<string>

export const readText: ReadText = async (path) => {
  if (path === '-') return (await Array.fromAsync(process.stdin.setEncoding('utf8'))).join('')
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as { code?: string }
    const why = code === 'ENOENT' ? 'there is no such file' : error instanceof Error ? error.message : String(error)
    throw new UsageError(`Cannot read ${path}: ${why}`)
  }
}

/** JSON that somebody wrote, with the place when it is not. */
export function parseJson(text: string, from: string): Json {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError(`Cannot read ${from} as JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON object from a file. */
export async function readObject(read: ReadText, path: string): Promise<JsonObject> {
  const value = parseJson(await read(path), path)
  if (isObject(value)) return value
  throw new UsageError(`Cannot use ${path}: it is not a JSON object`)
}

/**
 * `key=value` arguments as an object. A value that is JSON is taken as JSON (`grade=7`, `coach=true`, `roles=["a"]`),
 * anything else as a string; `key="7"` in JSON quotes stays a string.
 */
export function keyValues(given: readonly string[]): JsonObject {
  return Object.fromEntries(given.map(keyValue))
}

function keyValue(text: string): [string, Json] {
  const split = text.indexOf('=')
  if (split < 1) throw new UsageError(`Cannot use ${text}: expected key=value`)
  const value = text.slice(split + 1)
  try {
    return [text.slice(0, split), JSON.parse(value)]
  } catch {
    return [text.slice(0, split), value]
  }
}

/** Words of a file, one a line; empty lines and lines that begin with `#` do not count. */
export async function readLines(read: ReadText, path: string): Promise<readonly string[]> {
  const lines = (await read(path)).split(/\r?\n/).map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}
