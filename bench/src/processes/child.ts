import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'

/** What a process has used so far. */
export interface Usage {
  /** Milliseconds of CPU, of all its threads. */
  readonly cpu: number
  /** Octets, after a garbage collection when one was asked for. */
  readonly heap: number
  readonly external: number
  readonly rss: number
}

/** A server in a process of its own, so that what it uses is told apart from what the load generator uses. */
export interface ServerProcess {
  readonly url: string
  usage(options?: { readonly collect?: boolean }): Promise<Usage>
  stop(): Promise<void>
}

export type Question = { readonly ask: 'usage'; readonly collect: boolean } | { readonly ask: 'stop' }

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * Starts a program that sends `{url}` when it listens and answers questions; see `answer-questions.ts`.
 *
 * @param log the file that gets its stderr; null is nowhere
 */
export async function startProcess(
  program: URL,
  settings: unknown,
  log: string | null,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const child = fork(program, [JSON.stringify(settings)], {
    execArgv: ['--expose-gc', ...nodeOptions],
    stdio: ['ignore', 'ignore', openSync(log ?? '/dev/null', 'a'), 'ipc'],
  })
  running.add(child)
  let asked: Promise<unknown> = Promise.resolve()
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const exited = (code: number | null) =>
        reject(new Error(`Cannot go on: a server process ended with ${code}${log === null ? '' : `, see ${log}`}`))
      child.once('exit', exited)
      child.once('message', (message) => {
        child.off('exit', exited)
        resolve(message as T)
      })
    })
  const ask = <T>(question: Question): Promise<T> => {
    const answer = asked.then(() => {
      const reply = next<T>()
      child.send(question)
      return reply
    })
    asked = answer.catch(() => {})
    return answer
  }
  const { url } = await next<{ url: string }>()
  return {
    url,
    usage: ({ collect = false } = {}) => ask({ ask: 'usage', collect }),
    stop: async () => {
      const exited = once(child, 'exit')
      child.send({ ask: 'stop' } satisfies Question)
      await exited
      running.delete(child)
    },
  }
}
