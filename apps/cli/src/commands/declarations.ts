import { kindOf } from '@edict/catalogue'
import type { JsonObject } from '@edict/protocol'
import type { Command } from 'commander'
import { showChange } from '../changed.ts'
import { type DeclarationText, readDeclarations, refusedIn } from '../declaration-text.ts'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { isObject, type ReadText } from '../input.ts'
import { addOverride, offeringOverride, overrideOf } from '../override.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { addRevision, revisionOf } from '../revision.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

export function declarations(noun: Command, cli: Cli): void {
  const list = noun.command('list').description('list declarations')
  list.option('--kind <kind>', 'activation, asset, configuration or management')
  list.option('--type <type>', 'only this Type').option('--q <text>', 'part of an Identifier')
  serverAction(addPaging(list), cli, listDeclarations)

  const get = noun.command('get').description('show one declaration').argument('<identifier>')
  serverAction(get, cli, async (session, identifier = '') => {
    const declaration = await session.client.call('get-declaration', { params: { identifier } })
    await show(session, declaration, () => {
      const { Type, Identifier, Payload } = declaration
      session.output.json({ Type, Identifier, ServerToken: declaration.ServerToken, Payload })
    })
  })

  const put = noun.command('put').description('write declarations from files')
  put.argument('<file...>', 'JSON with Type, Identifier and Payload, or a list of such; - for standard input')
  put.option('--id <identifier>', 'the Identifier, when the file has none')
  serverAction(addOverride(addRevision(put)), cli, putDeclarations)

  const remove = noun.command('delete').description('delete a declaration that nothing uses').argument('<identifier>')
  serverAction(addRevision(remove), cli, async (session, identifier = '') => {
    const change = await session.client.call('delete-declaration', { params: { identifier }, ...revisionOf(session) })
    await showChange(session, change, `Deleted ${identifier}`)
  })

  const versions = noun.command('versions').description('list the versions of a declaration').argument('<identifier>')
  serverAction(addPaging(versions), cli, async (session, identifier = '') => {
    const page = await pages(session, (query) =>
      session.client.call('list-declaration-versions', { params: { identifier }, query }),
    )
    await show(session, page, () =>
      session.output.table(
        ['VERSION', 'AT', 'REVISION', 'REAPPLY', 'SERVERTOKEN'],
        page.items.map(({ version, at, revision, reapply, ServerToken }) => [
          version,
          at,
          revision,
          reapply,
          ServerToken,
        ]),
      ),
    )
    noteMore(session, page)
  })

  const reapply = noun.command('reapply').description('make devices apply it again').argument('<identifier>')
  serverAction(addRevision(reapply), cli, async (session, identifier = '') => {
    const change = await session.client.call('reapply-declaration', { params: { identifier }, ...revisionOf(session) })
    await showChange(session, change, `Re-applied ${identifier}`)
  })
}

async function listDeclarations(session: Session): Promise<void> {
  const filter = given({
    kind: kindGiven(text(session.options.kind)),
    type: text(session.options.type),
    q: text(session.options.q),
  })
  const page = await pages(session, (query) =>
    session.client.call('list-declarations', { query: { ...filter, ...query } }),
  )
  await show(session, page, () =>
    session.output.table(
      ['IDENTIFIER', 'TYPE', 'VERSION', 'CHANGED'],
      page.items.map(({ Identifier, Type, version, changedAt }) => [Identifier, Type, version, changedAt]),
    ),
  )
  noteMore(session, page)
}

const kinds = ['activation', 'asset', 'configuration', 'management'] as const

function kindGiven(kind: string | undefined): (typeof kinds)[number] | undefined {
  const known = kinds.find((one) => one === kind)
  if (kind !== undefined && known === undefined)
    throw new UsageError(`Cannot use --kind ${kind}: expected ${kinds.join(', ')}`)
  return known
}

async function putDeclarations(session: Session, ...files: string[]): Promise<void> {
  const id = text(session.options.id)
  const read = (await Promise.all(files.map((file) => declarationsIn(session.read, file, id)))).flat()
  if (read.length > 1 && id !== undefined)
    throw new UsageError(`Cannot use --id ${id}: there are ${read.length} declarations`)
  for (const { identifier, body, file } of inOrderOfReference(read)) {
    const input = { params: { identifier }, body, ...overrideOf(session), ...revisionOf(session) }
    const change = await offeringOverride(() => session.client.call('put-declaration', input)).catch((error) => {
      throw refusedIn(error, file)
    })
    await showChange(session, change, `Wrote ${identifier}`, file)
  }
}

interface Written {
  readonly identifier: string
  readonly body: { readonly Type: string; readonly Payload: JsonObject }
  readonly file: DeclarationText
}

/**
 * The declarations of a file. Identifier goes into the path and ServerToken is the server's to make; every other key is
 * sent along, so that the server says what is wrong with it.
 */
async function declarationsIn(read: ReadText, file: string, id: string | undefined): Promise<readonly Written[]> {
  const text = (await read(file)).replace(/^\uFEFF/, '')
  const value = readDeclarations(file, text)
  return (Array.isArray(value) ? value : [value]).map((one, index) => {
    if (!isObject(one)) throw new UsageError(`Cannot use ${file}: a declaration is a JSON object`)
    const { Identifier, ServerToken: _, ...body } = one
    const identifier = id ?? Identifier
    if (typeof identifier !== 'string')
      throw new UsageError(`Cannot use ${file}: Identifier is missing`, 'write it into the file or give --id')
    const within = Array.isArray(value) ? `/${index}` : ''
    return { identifier, body: body as unknown as Written['body'], file: { path: file, text, within } }
  })
}

/** What is referred to comes first: assets, configurations and management, then activations. */
function inOrderOfReference(written: readonly Written[]): readonly Written[] {
  const rank = ({ body }: Written) =>
    ['asset', 'configuration', 'management', 'activation'].indexOf(kindText(body.Type))
  return written.toSorted((a, b) => rank(a) - rank(b))
}

function kindText(type: unknown): string {
  return typeof type === 'string' ? (kindOf(type) ?? '') : ''
}
