import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'

/** What it was measured on, in one sentence. */
export function machine(): string {
  const [processor] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const cores = `${availableParallelism()} x ${processor?.model.trim() ?? 'unknown processor'}`
  return `${cores}, ${memory} GiB, ${type()} ${release()}, Node ${process.versions.node}; load average at the end ${loadavg()[0]?.toFixed(1)}`
}
