import type { EndpointBody } from '@edict/api'
import type { Json, JsonObject } from '@edict/protocol'
import type { Command } from 'commander'
import { showChange } from '../changed.ts'
import { UsageError } from '../failure.ts'
import { isObject, keyValues, parseJson, readObject } from '../input.ts'
import { addRevision, revisionOf } from '../revision.ts'
import { type Cli, type Session, serverAction, show } from '../session.ts'

export function properties(noun: Command, cli: Cli): void {
  const get = noun.command('get').description('show the properties of an enrollment').argument('<enrollment>')
  serverAction(get, cli, async (session, id = '') => {
    const resource = await session.client.call('get-properties', { params: { id } })
    await show(session, resource, () => session.output.json(resource.properties))
  })

  const put = noun.command('put').description('write all properties of an enrollment').argument('<enrollment>')
  put.argument('<file|key=value...>', 'a JSON object in a file (- for standard input), or pairs; values may be JSON')
  serverAction(addRevision(put), cli, async (session, id = '', ...written) => {
    const body = await propertiesIn(session, written)
    const change = await session.client.call('put-properties', { params: { id }, body, ...revisionOf(session) })
    await showChange(session, change, `Wrote properties of ${id}`)
  })

  const bulk = noun.command('bulk').description('write the properties of many enrollments, all or none')
  bulk.argument('<file>', 'JSON: {"<enrollment>": {…}} or [{"enrollment": …, "properties": {…}}]; - for standard input')
  serverAction(addRevision(bulk), cli, async (session, file = '') => {
    const items = itemsIn(parseJson(await session.read(file), file), file)
    const change = await session.client.call('post-properties', { body: { items }, ...revisionOf(session) })
    await showChange(session, change, `Wrote properties of ${items.length} enrollments`)
  })
}

async function propertiesIn(session: Session, written: readonly string[]): Promise<JsonObject> {
  const [only = '', ...others] = written
  return others.length === 0 && !only.includes('=') ? readObject(session.read, only) : keyValues(written)
}

type Items = EndpointBody<'post-properties'>['items']

function itemsIn(value: Json, file: string): Items {
  const list = isObject(value) && 'items' in value ? value.items : value
  if (Array.isArray(list)) return list.map((item) => itemOf(item, file))
  if (isObject(list))
    return Object.entries(list).map(([enrollment, values]) => itemOf({ enrollment, properties: values }, file))
  throw new UsageError(`Cannot use ${file}: expected an object by enrollment or a list of {enrollment, properties}`)
}

function itemOf(item: Json, file: string): Items[number] {
  const { enrollment, properties: values } = isObject(item) ? item : {}
  if (typeof enrollment === 'string' && isObject(values)) return { enrollment, properties: values }
  throw new UsageError(`Cannot use ${file}: ${JSON.stringify(item)} is not {enrollment, properties}`)
}
