import { readText } from './input.ts'
import { createOutput } from './output.ts'
import { program } from './program.ts'
import { askYesOrNo } from './prompt.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Whoever asks twice does not want to wait for a graceful end.
    if (stop.signal.aborted) process.exit(130)
    stop.abort(signal)
  })
}
// The reader of a pipe went away, as `head` does: nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

await program(process.argv.slice(2), {
  env: process.env,
  output: createOutput(process.stdout, process.stderr, process.env),
  read: readText,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askYesOrNo } : {}),
  signal: stop.signal,
  exit: (code) => {
    process.exitCode = code
  },
})
