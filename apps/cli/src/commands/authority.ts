import type { EndpointResponse } from '@edict/api'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

export function authority(noun: Command, cli: Cli): void {
  const list = noun.command('show').description('show whose certificates are taken for identities of devices')
  list.option('--pem', 'print the certificates instead')
  serverAction(list, cli, async (session) => {
    const authorities = await session.client.call('list-authorities', {})
    await show(session, authorities, () => showAuthorities(session, authorities))
  })

  const rotate = noun.command('rotate').description('make a new authority that issues from now on')
  serverAction(rotate, cli, async (session) => {
    const authorities = await session.client.call('rotate-authority', {})
    await show(session, authorities, () => showAuthorities(session, authorities))
  })

  const challenge = noun.command('challenge').description('give the right to one certificate by SCEP')
  challenge.option('--for <enrollment>', 'the device that the certificate is for; any new one otherwise')
  challenge.option('--expires <seconds>', 'an hour at most, which is also the default')
  serverAction(challenge, cli, async (session) => {
    const lifetime = seconds(text(session.options.expires))
    const body = given({ enrollment: text(session.options.for), lifetime })
    const made = await session.client.call('create-challenge', { body })
    await show(session, made, () => session.output.line(made.challenge))
  })
}

async function showAuthorities(session: Session, { items }: EndpointResponse<'list-authorities'>): Promise<void> {
  if (session.options.pem === true) {
    for (const { pem } of items) session.output.line(pem.trimEnd())
    return
  }
  await session.output.table(
    ['AUTHORITY', 'STATE', 'MADE', 'ENDS', 'CERTIFICATES', 'SHA-256'],
    items.map(({ subject, state, madeAt, notAfter, certificates, fingerprint }) => [
      subject,
      state,
      madeAt,
      notAfter,
      certificates,
      fingerprint,
    ]),
  )
}

function seconds(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const found = Number(given)
  if (Number.isInteger(found) && found >= 1 && found <= 3600) return found
  throw new UsageError(`Cannot make a challenge for ${given}: expected seconds, from 1 to 3600`)
}
