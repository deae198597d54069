import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Attributes } from './attributes.ts'
import { SchemaError, type SchemaPlace } from './schema-error.ts'

/** One YAML file of the schema. */
export interface SchemaDocument {
  readonly content: unknown
  readonly at: SchemaPlace
}

/** The YAML files directly in a folder of a checkout, by name. Throws SchemaError when there are none. */
export function documentsIn(schema: string, folder: string): readonly SchemaDocument[] {
  const at = { file: `${folder}/`, steps: [] }
  const names = namesIn(join(schema, folder), at).filter((name) => name.endsWith('.yaml'))
  if (names.length === 0) throw new SchemaError('folder-empty', at, names, 'YAML files')
  return names.toSorted().map((name) => document(schema, `${folder}/${name}`))
}

export function document(schema: string, file: string): SchemaDocument {
  const at = { file, steps: [] }
  try {
    return { content: parse(readFileSync(join(schema, file), 'utf8')) as unknown, at }
  } catch (error) {
    throw new SchemaError('unreadable', at, error instanceof Error ? error.message : error, 'a YAML file')
  }
}

function namesIn(folder: string, at: SchemaPlace): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    throw new SchemaError('folder-missing', at, 'nothing', "a folder of Apple's device-management repository")
  }
}

/** The attributes at the top of a document, less its texts and examples (which come in two shapes). */
export function top(document: SchemaDocument): Attributes {
  const attributes = new Attributes(document.content, document.at)
  attributes.skip('title', 'description', 'notes', 'examples', 'related-status-items')
  return attributes
}
