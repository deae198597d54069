import type { Services } from '../services.ts'

const EVERY = 3_600_000
/** An upload writes all the time, and the name of what was written follows at once. Clocks of nodes may differ. */
const UNTOUCHED = 3_600_000

type Uses = Pick<Services, 'store' | 'contentFiles' | 'now' | 'log'>

/** Deletes the files of content that has no name any more, and what uploads left that broke off; gives how many. */
export async function sweepContent({ store, contentFiles, now }: Uses): Promise<number> {
  const isKept = async (sha256: string) => (await store.read.contents({ sha256 })).length > 0
  return contentFiles.collect(isKept, now() - UNTOUCHED)
}

/** Goes on now and then until stopped. */
export function startContentSweep(services: Uses): () => void {
  const timer = setInterval(() => {
    sweepContent(services).catch((error: unknown) => services.log.error({ err: error }, 'sweep of content'))
  }, EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
