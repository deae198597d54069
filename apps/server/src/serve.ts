import { StoreUnavailable } from '@edict/store'
import { ConfigError, type OptionValues, readConfig } from './config.ts'
import { ADMIN_TOKEN_ENV, MASTER_KEY_ENV, OIDC_CLIENT_SECRET_ENV, PREVIOUS_MASTER_KEY_ENV } from './options.ts'
import { startServer } from './start-server.ts'

/** What a command is run with: its output and the signal that ends it. */
export interface Io {
  readonly stdout: (line: string) => void
  readonly stderr: (line: string) => void
  readonly signal: AbortSignal
}

/** `edict serve`: runs until the signal. Exit code 0, 2 for an option that cannot be used, 3 when something cannot be reached. */
export async function serve(options: OptionValues, io: Io): Promise<number> {
  try {
    const config = readConfig(
      options,
      process.env[ADMIN_TOKEN_ENV],
      process.env[MASTER_KEY_ENV],
      process.env[PREVIOUS_MASTER_KEY_ENV],
      process.env[OIDC_CLIENT_SECRET_ENV],
    )
    const server = await startServer(config)
    if (server.generatedToken !== null) {
      io.stderr(`The admin token, shown this once: ${server.generatedToken}`)
      io.stderr(`Set ${ADMIN_TOKEN_ENV} to it for the other commands, or start with your own in ${ADMIN_TOKEN_ENV}.`)
    }
    io.stdout(JSON.stringify({ event: 'listening', url: server.url }))
    const reload = () => void server.reloadTls()
    if (config.tls !== null) process.on('SIGHUP', reload)
    await ended(io.signal)
    process.off('SIGHUP', reload)
    await server.close()
    return 0
  } catch (error) {
    if (error instanceof ConfigError) return said(io, error.message, 2)
    if (error instanceof StoreUnavailable) return said(io, error.message, 3)
    if (isListenError(error))
      return said(
        io,
        `Cannot listen on ${options.listen ?? '127.0.0.1:8080'}: ${error.code}; is something else there?`,
        3,
      )
    throw error
  }
}

function said(io: Io, message: string, code: number): number {
  io.stderr(message)
  return code
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function isListenError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen'
}
