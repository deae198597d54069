import type { Server } from 'node:net'
import { OptionError } from './option.ts'

export interface ListenAddress {
  readonly host: string
  /** 0 for one that is free. */
  readonly port: number
}

/** @throws OptionError when the text is not HOST:PORT */
export function listenAddress(text: string): ListenAddress {
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? []
  if (port === '' || Number(port) > 65_535) {
    throw new OptionError(`Cannot listen on ${text}: expected HOST:PORT, such as 127.0.0.1:9000`)
  }
  return { host: bracketed ?? (plain || '127.0.0.1'), port: Number(port) }
}

/** Whether only this machine can connect. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** Nothing can listen there. */
export class ListenError extends Error {
  readonly code = 'listen-failed'
}

/**
 * Starts listening and gives the URL.
 * @throws ListenError when the address is taken or is not this machine's
 */
export async function listenOn(
  server: Pick<Server, 'listen' | 'address' | 'once' | 'off'>,
  { host, port }: ListenAddress,
) {
  await new Promise<void>((resolve, reject) => {
    const failed = ({ code, message }: NodeJS.ErrnoException): void => {
      reject(new ListenError(`Cannot listen on ${host}:${port}: ${code ?? message}; is something else there?`))
    }
    server.once('error', failed)
    server.listen(port, host, () => {
      server.off('error', failed)
      resolve()
    })
  })
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
}
