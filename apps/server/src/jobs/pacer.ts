/** Resolves at most `rate` times a second, evenly. */
export function pacer(rate: number): () => Promise<void> {
  const interval = 1000 / rate
  let next = 0
  return async () => {
    const now = performance.now()
    next = Math.max(next + interval, now)
    if (next - now > 5) await new Promise((resolve) => setTimeout(resolve, next - now))
  }
}
