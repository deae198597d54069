import { Connection } from './connection.ts'

/** Does a work with each thing, over some connections, each of which takes the next thing when it is done with one. */
export async function inParallel<T>(
  url: string,
  width: number,
  things: Iterable<T>,
  work: (connection: Connection, thing: T) => Promise<void>,
): Promise<void> {
  const queue = things[Symbol.iterator]()
  const connections = await Promise.all(Array.from({ length: width }, () => Connection.open(url)))
  const worker = async (connection: Connection) => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await work(connection, next.value)
  }
  try {
    await Promise.all(connections.map(worker))
  } finally {
    for (const connection of connections) connection.close()
  }
}
