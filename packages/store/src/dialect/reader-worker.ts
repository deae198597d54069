import { parentPort, workerData } from 'node:worker_threads'
import { scansOn } from '../scans.ts'
import { StoreUnavailable } from '../store.ts'
import type { Answer, Message } from './reader-messages.ts'
import { SqliteConnection, sqliteSession } from './sqlite.ts'

const { file } = workerData as { readonly file: string }
const connection = new SqliteConnection(file, { readonly: true })
const scans = scansOn(sqliteSession(connection))

parentPort?.on('message', async (message: Message) => {
  if (message === 'end') {
    connection.close()
    parentPort?.close()
    return
  }
  const { id, method, args } = message
  parentPort?.postMessage(await answered(id, scans[method] as (...args: readonly unknown[]) => Promise<unknown>, args))
})

async function answered(
  id: number,
  scan: (...args: readonly unknown[]) => Promise<unknown>,
  args: readonly unknown[],
): Promise<Answer> {
  try {
    return { id, value: await scan(...args) }
  } catch (error) {
    if (error instanceof StoreUnavailable) return { id, error: error.cause, unavailable: true }
    return { id, error, unavailable: false }
  }
}
