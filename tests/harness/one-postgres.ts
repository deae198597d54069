import { lendPostgres } from '@edict/store/testing'

let lent: Awaited<ReturnType<typeof lendPostgres>> | undefined

/** One PostgreSQL for all files of a run of the tests; each file has databases of its own in it. */
export async function setup(): Promise<void> {
  lent = await lendPostgres()
}

export async function teardown(): Promise<void> {
  await lent?.stop()
}
