import { lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** A place in which running fleets tell where they can be woken: a folder, with a file for each. */
export interface MeetingPlace {
  /** Tells of a door; the result takes it back. */
  announce(door: string): Promise<() => Promise<void>>
  doors(): Promise<readonly string[]>
  /** Nobody is behind the door any more. */
  forget(door: string): Promise<void>
}

/** The folder of this user on this machine. */
export function defaultMeetingPlace(): string {
  const { uid, username } = userInfo()
  return join(tmpdir(), `edict-simulated-${uid < 0 ? username : uid}`)
}

/** @throws Error when the folder is not this user's: somebody else could make doors appear in it */
export async function openMeetingPlace(folder: string): Promise<MeetingPlace> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { uid } = userInfo()
  const found = await lstat(folder)
  if (!found.isDirectory() || (uid >= 0 && found.uid !== uid)) {
    throw new Error(`Cannot meet in ${folder}: expected a folder of this user`)
  }
  const place = (door: string) => join(folder, `${encodeURIComponent(door)}.door`)
  const forget = (door: string) => rm(place(door), { force: true })
  return {
    forget,
    async announce(door) {
      await writeFile(place(door), door, { mode: 0o600 })
      return () => forget(door)
    },
    async doors() {
      const files = (await readdir(folder)).filter((name) => name.endsWith('.door'))
      const doors = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')))
      return doors.filter((door) => URL.canParse(door))
    },
  }
}
