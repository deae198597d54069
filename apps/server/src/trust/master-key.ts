import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type MasterKey, PkiError, readMasterKey } from '@edict/pki'
import { type Config, ConfigError } from '../config.ts'
import { MASTER_KEY_ENV, PREVIOUS_MASTER_KEY_ENV } from '../options.ts'
import { type MasterKeys, nameOf } from './master-keys.ts'

/** The keys under which secrets are stored, and where the present one came from. */
export interface FoundMasterKeys extends Pick<FoundMasterKey, 'place' | 'unmake'> {
  readonly keys: MasterKeys
}

interface FoundMasterKey {
  readonly key: MasterKey
  /** For people. */
  readonly place: string
  /** Takes back a file that was made just now; null when there was one. */
  readonly unmake: (() => Promise<void>) | null
}

type Places = Pick<Config, 'masterKey' | 'masterKeyFile' | 'data'>
type PreviousPlaces = Pick<Config, 'previousMasterKey' | 'previousMasterKeyFile'>

/**
 * Finds the master key, and the previous one where it is told.
 *
 * @param needed whether the database holds secrets already: then a new key would be of no use
 * @throws ConfigError which says what is missing or wrong, and what to copy
 */
export async function findMasterKeys(places: Places & PreviousPlaces, needed: boolean): Promise<FoundMasterKeys> {
  const previous = await findPrevious(places)
  const { key, place, unmake } = await findMasterKey(places, needed)
  if (previous !== null && nameOf(previous) === nameOf(key)) {
    throw new ConfigError(
      `Cannot use --previous-master-key: it is the master key itself (${place}); give the one before it`,
    )
  }
  return { keys: { present: key, previous }, place, unmake }
}

async function findPrevious({
  previousMasterKey,
  previousMasterKeyFile: file,
}: PreviousPlaces): Promise<MasterKey | null> {
  if (previousMasterKey !== null) return parsed(previousMasterKey, PREVIOUS_MASTER_KEY_ENV)
  if (file === null) return null
  const found = await readPrivateFile(file, '--previous-master-key')
  if (found === null) throw new ConfigError(`Cannot read --previous-master-key ${file}: there is no such file`)
  return parsed(found, file)
}

/** The environment's, or the file that was named, or `master.key` in the data folder, which is made at first start. */
async function findMasterKey({ masterKey, masterKeyFile, data }: Places, needed: boolean): Promise<FoundMasterKey> {
  if (masterKey !== null) return { key: parsed(masterKey, MASTER_KEY_ENV), place: MASTER_KEY_ENV, unmake: null }
  const file = masterKeyFile ?? join(data, 'master.key')
  const found = await readPrivateFile(file, '--master-key')
  if (found !== null) return { key: parsed(found, file), place: file, unmake: null }
  if (masterKeyFile !== null) throw new ConfigError(`Cannot read --master-key ${file}: there is no such file`)
  if (needed) {
    throw new ConfigError(
      `Cannot start without the master key: this database holds secrets under one, and ${file} is not there; ${remedy(file)}`,
    )
  }
  const text = randomBytes(32).toString('hex')
  const made = await makeFile(data, file, `${text}\n`)
  if (!made) return findMasterKey({ masterKey, masterKeyFile, data }, needed)
  return { key: parsed(text, file), place: file, unmake: () => rm(file) }
}

/** What to do where the key is missing, or is another one. */
export function remedy(file: string): string {
  return `copy master.key from the machine that made the database (or from the backup) to ${file}, or set ${MASTER_KEY_ENV} to its content`
}

/**
 * The text of a file that only its owner may read; null when there is none.
 *
 * @throws ConfigError when others may read it, or nobody can
 */
export async function readPrivateFile(file: string, option: string): Promise<string | null> {
  const content = await readPrivateBytes(file, option)
  return content === null ? null : content.toString('utf8')
}

/** The same, of a file that is no text. */
export async function readPrivateBytes(file: string, option: string): Promise<Buffer | null> {
  try {
    const { mode } = await stat(file)
    if ((mode & (isCredential(file) ? 0o037 : 0o077)) !== 0) {
      const found = (mode & 0o777).toString(8).padStart(4, '0')
      throw new ConfigError(`Cannot use ${option} ${file}: others may read it (mode ${found}); chmod 600 ${file}`)
    }
    return await readFile(file)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw new ConfigError(`Cannot read ${option} ${file}: ${code}`)
  }
}

/**
 * Whether a service manager hands it over. It lies where nobody but the service can come, and the list of who may read it shows as the
 * rights of a group.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html, LoadCredential=
 */
function isCredential(file: string): boolean {
  const folder = process.env.CREDENTIALS_DIRECTORY ?? ''
  return folder !== '' && dirname(resolve(file)) === resolve(folder)
}

/** Makes the file, unless somebody else just did: whether it did. On disk before anything is sealed under it. */
async function makeFile(folder: string, file: string, content: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    throw new ConfigError(`Cannot make master key ${file}: ${code}; make the folder writable, or set ${MASTER_KEY_ENV}`)
  }
}

function parsed(text: string, place: string): MasterKey {
  try {
    return readMasterKey(text)
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    throw new ConfigError(`${error.message} (in ${place}); expected ${error.expected}`)
  }
}
