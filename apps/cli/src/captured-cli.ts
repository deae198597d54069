import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createOutput } from './output.ts'
import { program } from './program.ts'
import type { Cli } from './session.ts'

/** What one command line printed and ended with. */
export interface Captured {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a command line in this process; `files` are what it can read, by path; `columns` make stdout a terminal, and `ask` is who sits
 * there; `signal` is how it is interrupted.
 */
export async function edict(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
  columns: number | undefined = undefined,
  ask?: Cli['ask'],
  signal = new AbortController().signal,
): Promise<Captured> {
  const printed = { stdout: '', stderr: '' }
  let code = 0
  const sink = (to: 'stdout' | 'stderr') => ({
    isTTY: to === 'stdout' && columns !== undefined,
    columns,
    write: (text: string) => {
      printed[to] += text
    },
  })
  await program(args, {
    env,
    output: createOutput(sink('stdout'), sink('stderr'), env),
    read: async (path) => files[path] ?? '',
    ...(ask === undefined ? {} : { ask }),
    signal,
    exit: (given) => {
      code = given
    },
  })
  return { code, ...printed }
}

/** One request as a server saw it. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

export interface Answer {
  readonly status?: number
  readonly type?: string
  readonly body: unknown
}

export interface Peer extends AsyncDisposable {
  readonly url: string
  readonly asked: readonly Asked[]
}

/** A server that answers as it is told and remembers what it was asked: the other end of the protocol, nothing more. */
export async function listen(answer: (asked: Asked) => Answer): Promise<Peer> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const text = (await Array.fromAsync(request.setEncoding('utf8'))).join('')
    const { method = '', url: path = '', headers } = request
    const one = { method, path, headers, body: text === '' ? undefined : JSON.parse(text) }
    asked.push(one)
    const { status = 200, type = 'application/json', body } = answer(one)
    response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
