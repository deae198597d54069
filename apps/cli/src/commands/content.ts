import { open } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Readable } from 'node:stream'
import type { EndpointResponse } from '@edict/api'
import type { Command } from 'commander'
import { showChange } from '../changed.ts'
import { UsageError } from '../failure.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { addRevision, revisionOf } from '../revision.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

type Content = EndpointResponse<'get-content'>

export function content(noun: Command, cli: Cli): void {
  const add = noun
    .command('add')
    .description('hand in a file for devices to download; what refers to its name refers to it from then on')
  add.argument('<file>').option('--name <name>', 'what it is called; the name of the file when absent')
  add.option('--type <media type>', 'what devices are told that it is; by the ending of the file when absent')
  add.option('--bundle-id <identifier>', 'of an app or a package, for its manifest, such as com.example.tool')
  add.option('--bundle-version <version>', 'of an app or a package, for its manifest')
  add.option('--title <title>', 'of an app or a package, for its manifest; its name when absent')
  serverAction(addRevision(add), cli, async (session, file = '') => {
    const name = text(session.options.name) ?? basename(file)
    const type = text(session.options.type) ?? mediaTypeOf(file)
    const octets = await octetsOf(file)
    const query = { type, ...factsOf(session) }
    const input = { params: { name }, query, octets, ...revisionOf(session) }
    const added = await session.client.call('put-content', input)
    await showChange(session, added, `Added ${name}, ${size(added.content.size)}`)
    const { url, manifest } = added.content
    if (!session.json && url !== null) session.output.line(url)
    if (!session.json && manifest !== null) session.output.line(manifest)
  })

  const list = noun.command('list').description('list what devices can be told to download')
  serverAction(addPaging(list), cli, async (session) => {
    const page = await pages(session, (query) => session.client.call('list-content', { query }))
    await show(session, page, () =>
      session.output.table(
        ['CONTENT', 'TYPE', 'SIZE', 'SINCE', 'SHA-256'],
        page.items.map((one) => [one.name, one.type, size(one.size), one.addedAt, one.sha256]),
      ),
    )
    noteMore(session, page)
  })

  const shown = noun.command('show').description('say where content is, and which declarations refer to it')
  serverAction(shown.argument('<name>'), cli, async (session, name = '') => {
    const one = await session.client.call('get-content', { params: { name } })
    await show(session, one, () => describe(session, one))
  })

  const rotate = noun
    .command('rotate-key')
    .description('give devices new URLs for content that they download without saying who they are')
  serverAction(addRevision(rotate), cli, async (session) => {
    const rotated = await session.client.call('rotate-content-key', revisionOf(session))
    await showChange(session, rotated, `Rotated the key of content, to secret ${rotated.secret}`)
  })

  const remove = noun.command('remove').description('remove content that no declaration refers to')
  serverAction(remove.argument('<name>'), cli, async (session, name = '') => {
    const removed = await session.client.call('delete-content', { params: { name } })
    await show(session, removed, () => session.output.line(`Removed ${removed.content}`))
  })
}

/** What is said of a package for its manifest, as far as it is. */
function factsOf({ options }: Session) {
  const [bundleIdentifier, bundleVersion, title] = [options.bundleId, options.bundleVersion, options.title].map(text)
  return {
    ...(bundleIdentifier === undefined ? {} : { bundleIdentifier }),
    ...(bundleVersion === undefined ? {} : { bundleVersion }),
    ...(title === undefined ? {} : { title }),
  }
}

function describe(
  { output }: Session,
  { name, type, sha256, addedAt, url, manifest, earlier, usedBy, ...one }: Content,
): void {
  output.facts({
    name,
    type,
    size: size(one.size),
    'SHA-256': sha256,
    since: addedAt,
    url: url ?? 'not known: start the server with --url',
    ...(manifest === null ? {} : { manifest }),
    'used by': usedBy.join(', '),
  })
  if (earlier.length === 0) return
  const rows = earlier.map((before) => [before.replacedAt ?? '', size(before.size), before.sha256])
  output.table(['UNTIL', 'SIZE', 'SHA-256'], rows)
}

/** A file that is read while it is sent, and not before. */
async function octetsOf(file: string): Promise<Readable> {
  try {
    return (await open(file)).createReadStream()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`Cannot read ${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`)
  }
}

const types: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.mobileconfig': 'application/x-apple-aspen-config',
  '.p12': 'application/pkcs12',
  '.pem': 'application/pem',
  '.plist': 'application/xml',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
}

function mediaTypeOf(file: string): string {
  return types[extname(file).toLowerCase()] ?? 'application/octet-stream'
}

function size(octets: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  const unit = Math.min(Math.floor(Math.log2(Math.max(octets, 1)) / 10), units.length - 1)
  return unit === 0 ? `${octets} B` : `${(octets / 1024 ** unit).toFixed(1)} ${units[unit]}`
}
