import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

const EVERY = 20

/**
 * Gives a way to end listening that answers what is under way and waits for nothing else. Of the open connections, those
 * that fall idle later would be kept as long as their clients like, and those that never said anything for ever.
 */
export function endListening(app: FastifyInstance): () => Promise<void> {
  const open = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return async () => {
    const closing = setInterval(() => {
      app.server.closeIdleConnections()
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    }, EVERY)
    try {
      await app.close()
    } finally {
      clearInterval(closing)
    }
  }
}
