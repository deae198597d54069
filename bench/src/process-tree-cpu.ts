import { readdir, readFile } from 'node:fs/promises'

/** Linux counts CPU time in hundredths of a second. */
const TICK = 10

/** Milliseconds of CPU that a process, its children and those of them that ended have used; null where /proc is not Linux's. */
export async function processTreeCpu(root: number): Promise<number | null> {
  const names = await readdir('/proc').catch(() => [])
  let ticks = 0
  let found = false
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null)
    if (stat === null) continue
    // After the name in parentheses: state, parent, …; utime, stime, cutime and cstime are the 12th to 15th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const isRoot = Number(name) === root
    if (!isRoot && Number(fields[1]) !== root) continue
    found ||= isRoot
    for (const field of fields.slice(11, isRoot ? 15 : 13)) ticks += Number(field)
  }
  return found ? ticks * TICK : null
}
