import type { Question, Usage } from './child.ts'

/** In a server process: says where it listens, then answers what the load generator asks. */
export function answerQuestions(url: string, close: () => Promise<void>): void {
  process.on('message', async (question: Question) => {
    if (question.ask === 'usage') process.send?.(await usage(question.collect))
    else {
      await close()
      process.exit()
    }
  })
  process.on('disconnect', () => process.exit())
  process.send?.({ url })
}

async function usage(collect: boolean): Promise<Usage> {
  if (collect) {
    for (let times = 0; times < 4; times += 1) {
      globalThis.gc?.()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const { user, system } = process.cpuUsage()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { cpu: (user + system) / 1000, heap: heapUsed, external, rss }
}
