/** The smallest source found, by leaving parts out, that is still wrong. */
export function smaller(source: string, isWrong: (source: string) => boolean): string {
  let best = source
  for (let size = Math.ceil(best.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.length; ) {
      const without = best.slice(0, at) + best.slice(at + size)
      if (isWrong(without)) best = without
      else at += size
    }
  }
  return best
}
