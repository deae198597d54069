import { connect, type Socket } from 'node:net'

export interface Reply {
  readonly status: number
  readonly body: Buffer
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * One HTTP/1.1 connection that is kept open, one request at a time. It knows just enough (a status, Content-Length) to cost
 * a small part of what the server costs, so that the server is what is measured.
 */
export class Connection {
  readonly #socket: Socket
  #waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined
  #received: Buffer = Buffer.alloc(0)

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () =>
      this.#waiting?.reject(new Error('Cannot finish request: the server closed the connection')),
    )
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url)
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname)
      socket.once('error', reject)
      socket.once('connect', () => resolve(new Connection(socket)))
    })
  }

  /** Sends a whole request, head and body. @throws when the answer is not 200 */
  async ok(request: Buffer): Promise<Buffer> {
    const { status, body } = await this.send(request)
    if (status !== 200) throw new Error(`Cannot measure: an answer was ${status}: ${body.toString().slice(0, 500)}`)
    return body
  }

  send(request: Buffer): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf(END_OF_HEAD)
    if (end === -1) return
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const from = end + END_OF_HEAD.length
    if (this.#received.length < from + length) return
    const body = this.#received.subarray(from, from + length)
    this.#received = Buffer.alloc(0)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), body })
  }
}
