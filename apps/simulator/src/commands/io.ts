/** What a command is run with: its output and the signal that ends it. */
export interface Io {
  readonly stdout: (line: string) => void
  readonly stderr: (line: string) => void
  readonly signal: AbortSignal
}

/** Resolves when the signal is, or has been, aborted. */
export function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
