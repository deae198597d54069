import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A file among the examples of a checkout. */
export interface Example {
  /** Its path below `declarative`, e.g. `declarations/configurations/legacy/example1.json`. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** There is nothing to verify in the folder that was named. */
export class NoExamplesError extends Error {
  readonly code = 'no-examples'

  constructor(folder: string, found: string) {
    super(
      `Cannot verify the examples in ${folder}: found ${found}, expected a checkout of Apple's device-management ` +
        'repository with JSON files below examples/declarative/declarations, or its folder examples',
    )
    this.name = 'NoExamplesError'
  }
}

/** Contents of the documents that credential assets point to stand among the declarations, and are none. */
const NO_DECLARATIONS = 'declarations/assets/credentials/'

/**
 * The examples of declarations and of status items in a checkout, or in its folder `examples`, by name. Those of profiles and
 * of MDM messages are left out.
 *
 * @throws NoExamplesError when it holds no declaration
 */
export function examplesIn(folder: string): readonly Example[] {
  if (!existsSync(folder)) throw new NoExamplesError(folder, 'no such folder')
  if (!statSync(folder).isDirectory()) throw new NoExamplesError(folder, 'a file')
  const declarative = [join(folder, 'examples/declarative'), join(folder, 'declarative')]
  const found = declarative
    .map((root) => [...below(root, 'declarations/'), ...below(root, 'status/')])
    .find((examples) => examples.some(isOfDeclaration))
  if (found === undefined) throw new NoExamplesError(folder, 'none')
  return found
}

export function isOfDeclaration({ name }: Example): boolean {
  return name.startsWith('declarations/')
}

function below(root: string, folder: string): readonly Example[] {
  if (folder === NO_DECLARATIONS || !existsSync(join(root, folder))) return []
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = `${folder}${entry.name}`
      if (entry.isDirectory()) return below(root, `${name}/`)
      return name.endsWith('.json') ? [{ name, bytes: readFileSync(join(root, name)) }] : []
    })
}
