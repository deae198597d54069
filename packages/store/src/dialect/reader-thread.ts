import { Worker } from 'node:worker_threads'
import { type Scans, StoreUnavailable } from '../store.ts'
import { type Answer, type Message, type Question, scanNames } from './reader-messages.ts'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Scans of an SQLite database in a thread of its own, with its own connection, so that devices do not wait for them. A
 * thread that dies is started again by the next scan.
 */
export class ReaderThread {
  readonly #file: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #asked = 0
  #closed = false

  readonly scan: Scans

  constructor(file: string) {
    this.#file = file
    const ask = (method: keyof Scans) => [method, (...args: unknown[]) => this.#ask(method, args)] as const
    this.scan = Object.fromEntries(scanNames.map(ask)) as unknown as Scans
  }

  /** The thread ends by itself, after the scan that it is at: a thread that is ended amid native code may take the process with it. */
  async close(): Promise<void> {
    this.#closed = true
    const worker = this.#worker
    this.#ended(new Error('the store is closed'))
    if (worker === undefined) return
    const gone = new Promise((resolve) => worker.once('exit', resolve))
    worker.ref()
    worker.postMessage('end' satisfies Message)
    await gone
  }

  /** Makes the thread die of a message that it cannot read: for tests. */
  crash(): void {
    this.#worker?.postMessage(null)
  }

  #ask(method: keyof Scans, args: readonly unknown[]): Promise<unknown> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the store is closed'))
    const worker = this.#worker ?? this.#start()
    this.#asked += 1
    const question: Question = { id: this.#asked, method, args }
    return new Promise((resolve, reject) => {
      this.#waiting.set(question.id, { resolve, reject })
      worker.ref()
      worker.postMessage(question)
    })
  }

  /** The thread keeps the process alive only while somebody waits for it. */
  #start(): Worker {
    const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), { workerData: { file: this.#file } })
    const died = (cause: unknown): void => {
      if (this.#worker === worker) this.#ended(cause)
    }
    worker.on('message', (answer: Answer) => this.#answered(answer))
    worker.on('error', died)
    worker.on('exit', (code) => died(new Error(`the reader thread ended with code ${code}`)))
    this.#worker = worker
    return worker
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (this.#waiting.size === 0) this.#worker?.unref()
    if ('value' in answer) waiting?.resolve(answer.value)
    else waiting?.reject(answer.unavailable ? new StoreUnavailable(answer.error) : answer.error)
  }

  #ended(cause: unknown): void {
    this.#worker = undefined
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(new StoreUnavailable(cause))
  }
}
