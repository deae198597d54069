import type { Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { FastifyInstance } from 'fastify'

const EVERY = 20

/**
 * Gives a way to end listening that answers what is under way and waits for nothing else. Of the open connections, those
 * that fall idle later would be kept as long as their clients like, and those that never said anything for ever. Over TLS a
 * connection has said nothing while it is only greeting.
 */
export function endListening(app: FastifyInstance): () => Promise<void> {
  const open = new Set<Socket>()
  const greeting = new Map<string, Socket>()
  const watch = (socket: Socket): void => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
  const server: unknown = app.server
  if (server instanceof TlsServer) {
    server.on('connection', (socket: Socket) => {
      const from = peer(socket)
      greeting.set(from, socket)
      socket.once('close', () => {
        if (greeting.get(from) === socket) greeting.delete(from)
      })
    })
    server.on('secureConnection', (socket) => {
      greeting.delete(peer(socket))
      watch(socket)
    })
  } else app.server.on('connection', watch)
  return async () => {
    const closing = setInterval(() => {
      app.server.closeIdleConnections()
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
      for (const socket of greeting.values()) socket.destroy()
    }, EVERY)
    try {
      await app.close()
    } finally {
      clearInterval(closing)
    }
  }
}

function peer({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
