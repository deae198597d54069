import type { EndpointResponse } from '@edict/api'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

type Shown = EndpointResponse<'get-push-certificate'>

export function pushCertificate(noun: Command, cli: Cli): void {
  const seen = noun.command('show').description('show what devices are pushed by, when it ends, and why pushing rests')
  seen.option('--pem', 'print the certificate instead')
  serverAction(seen, cli, async (session) => {
    const shown = await session.client.call('get-push-certificate', {})
    await show(session, shown, () => showCertificate(session, shown))
  })

  const request = noun
    .command('request')
    .description('make a key, which stays in the server, and print a request for a certificate')
  request.option('--name <text>', 'common name in the request, for people to read')
  request.option(
    '--vendor-certificates <file>',
    "sign it for Apple: the vendor's certificate and those above it, in PEM",
  )
  request.option('--vendor-key <file>', "private key of the vendor's certificate, in PEM; it is not sent anywhere")
  serverAction(request, cli, async (session) => {
    const vendor = await vendorIn(session)
    const made = await session.client.call('request-push-certificate', {
      body: given({ name: text(session.options.name) }),
    })
    if (vendor === undefined) {
      await show(session, made, () => session.output.line(made.request.trimEnd()))
      return
    }
    const { vendorSignedRequest } = await import('@edict/server')
    const signed = signedBy(() => vendorSignedRequest(made.request, vendor))
    await show(session, { ...made, signed }, () => session.output.line(signed))
    session.output.note('Upload it at https://identity.apple.com/pushcert, then edict push-certificate import')
  })

  const put = noun.command('import').description('push by this certificate from now on')
  put.option('--certificate <file>', 'in PEM')
  put.option('--key <file>', 'its private key in PEM; leave it away where the request was made here')
  put.option('--force', 'though enrolled devices have another topic, and will not be pushed by it')
  serverAction(put, cli, async (session) => {
    const { options, read } = session
    const file = text(options.certificate)
    if (file === undefined) throw new UsageError('Cannot import without --certificate <file>')
    const keyFile = text(options.key)
    const key = keyFile === undefined ? undefined : await read(keyFile)
    const body = { certificate: await read(file), force: options.force === true, ...given({ key }) }
    const shown = await session.client.call('put-push-certificate', { body })
    await show(session, shown, () => showCertificate(session, shown))
  })
}

async function vendorIn({ options, read }: Session) {
  const [certificates, key] = [text(options.vendorCertificates), text(options.vendorKey)]
  if (certificates === undefined && key === undefined) return undefined
  if (certificates === undefined || key === undefined) {
    throw new UsageError('Cannot sign the request: expected --vendor-certificates and --vendor-key together')
  }
  return { certificates: await read(certificates), key: await read(key) }
}

function signedBy(sign: () => string): string {
  try {
    return sign()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

async function showCertificate(session: Session, { current, earlier, requests, alarms }: Shown): Promise<void> {
  const { output } = session
  if (session.options.pem === true) {
    if (current !== null) output.line(current.pem.trimEnd())
    return
  }
  const all = current === null ? [] : [current, ...earlier]
  if (all.length === 0) output.note('There is no push certificate: edict push-certificate request')
  else {
    await output.table(
      ['TOPIC', 'ENDS', 'WARNING', 'IMPORTED', 'SHA-256'],
      all.map(({ topic, expiresAt, warning, importedAt, fingerprint }) => [
        topic,
        expiresAt,
        warning,
        importedAt,
        fingerprint,
      ]),
    )
  }
  for (const { id, madeAt } of requests) output.note(`Asked for at ${madeAt}, not imported yet: ${id}`)
  for (const { topic, reason, since, devices, nextTryAt } of alarms) {
    output.note(
      `Pushing for ${topic} rests since ${since}: ${reason}, for ${devices} devices; tried again at ${nextTryAt}`,
    )
  }
}
