import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { type Cli, type Options, type Session, serverAction, show, text } from '../session.ts'

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const

export function enroll(noun: Command, cli: Cli): void {
  const invite = noun.command('invite').description('make a link by which a device enrolls')
  invite.option('--expires <time>', 'how long it can be used: 30m, 1h, 7d', '1h')
  invite.option('--devices <n>', 'how many devices may enroll by it', '1')
  invite.option('--for <enrollment>', 'a device that was erased and is to enroll again, instead of a new one')
  invite.option('--note <text>', 'for whom or what it is')
  invite.option('--no-qr', 'on a terminal, print the link without a QR code')
  serverAction(invite, cli, async (session) => {
    const { options } = session
    const body = {
      lifetime: lifetimeOf(options),
      devices: devicesOf(options),
      ...given({ note: text(options.note), enrollment: text(options.for) }),
    }
    const made = await session.client.call('create-invitation', { body })
    await show(session, made, async () => {
      session.output.line(made.link)
      if (options.qr !== false) await showCode(session, made.link)
      const devices = made.devices === 1 ? 'one device' : `${made.devices} devices`
      session.output.note(
        `For ${devices}, until ${made.expiresAt}. Open it on the device. It is shown this once: ${made.id}`,
      )
    })
  })

  const list = noun.command('list').description('list invitations, newest first')
  serverAction(addPaging(list), cli, async (session) => {
    const page = await pages(session, (query) => session.client.call('list-invitations', { query }))
    await show(session, page, () =>
      session.output.table(
        ['INVITATION', 'STATE', 'DEVICES', 'USED', 'EXPIRES', 'FOR', 'NOTE'],
        page.items.map((one) => [one.id, one.state, one.devices, one.used, one.expiresAt, one.enrollment, one.note]),
      ),
    )
    noteMore(session, page)
  })

  const revoke = noun.command('revoke').description('take an invitation back; who enrolled by it stays')
  serverAction(revoke.argument('<invitation>'), cli, async (session, id = '') => {
    const revoked = await session.client.call('revoke-invitation', { params: { id } })
    await show(session, revoked, () => session.output.line(`Took back invitation ${revoked.id}`))
  })
}

/** For the camera of the device. A program that reads the link does not get it. */
async function showCode({ output }: Session, link: string): Promise<void> {
  const columns = output.columns()
  if (columns === null) return
  const { qrCodeLines } = await import('../qr-code-lines.ts')
  for (const line of (await qrCodeLines(link, columns, output.colours)) ?? []) output.line(line)
}

function lifetimeOf({ expires }: Options): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text(expires) ?? '') ?? []
  const seconds = Number(count) * units[unit as keyof typeof units]
  if (seconds >= 60 && seconds <= 30 * units.d) return seconds
  throw new UsageError(`Cannot use --expires ${expires}: expected a time such as 30m, 1h or 7d, from 1m to 30d`)
}

function devicesOf({ devices }: Options): number {
  const count = Number(text(devices))
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count
  throw new UsageError(`Cannot use --devices ${devices}: expected a number from 1 to 100000`)
}
