/** How many downloads go on at once, in all and for one device. */
export interface DownloadPlaces {
  /** Takes a place; null when there is none. What it gives lets the place go, once. */
  take(device: string): (() => void) | null
}

export function downloadPlaces(most: { readonly all: number; readonly device: number }): DownloadPlaces {
  const taken = new Map<string, number>()
  let all = 0
  return {
    take(device) {
      const own = taken.get(device) ?? 0
      if (all >= most.all || own >= most.device) return null
      taken.set(device, own + 1)
      all += 1
      let held = true
      return () => {
        if (!held) return
        held = false
        all -= 1
        const left = (taken.get(device) ?? 1) - 1
        if (left === 0) taken.delete(device)
        else taken.set(device, left)
      }
    },
  }
}
