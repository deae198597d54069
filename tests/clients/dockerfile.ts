import { cp, mkdir, readFile } from 'node:fs/promises'
import { join, matchesGlob, relative, resolve } from 'node:path'

/** One line of a Dockerfile: `COPY`, and what stands after it. */
interface Instruction {
  readonly name: string
  readonly rest: string
}

/** What a container of the last stage is run with. */
export interface Image {
  /** Where its root is on this machine. */
  readonly root: string
  readonly workdir: string
  readonly env: Readonly<Record<string, string>>
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly health: readonly string[]
  readonly user: string
  readonly stopSignal: string
}

export type Run = (command: string, workdir: string, root: string) => Promise<void>

/**
 * Does what a Dockerfile says in folders of this machine, where the programs of its base image are those of this one.
 *
 * @param context the folder that is built, less what its .dockerignore names
 * @throws Error for an instruction that it does not know
 */
export async function build(context: string, folder: string, run: Run): Promise<Image> {
  const ignored = await ignoredIn(context)
  const stages = new Map<string, string>()
  let image = bare(folder)
  for (const { name, rest } of instructionsOf(await readFile(join(context, 'Dockerfile'), 'utf8'))) {
    const at = join(image.root, image.workdir)
    if (name === 'FROM') {
      const root = join(folder, `stage-${stages.size}`)
      stages.set(/ AS (\w+)$/.exec(rest)?.[1] ?? 'last', root)
      image = bare(root)
    } else if (name === 'WORKDIR') {
      image = { ...image, workdir: rest }
      await mkdir(join(image.root, rest), { recursive: true })
    } else if (name === 'COPY') {
      const [, from, names = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(rest) ?? []
      const paths = names.split(' ')
      const to = resolve(at, paths.pop() ?? '')
      for (const path of paths) {
        const [source, target] =
          from === undefined
            ? [join(context, path), join(to, paths.length > 1 ? path : '')]
            : [join(stages.get(from) ?? '', path), to]
        const filter = (one: string) => from !== undefined || !ignored(relative(context, one))
        await cp(source, target, { recursive: true, filter, verbatimSymlinks: true })
      }
    } else if (name === 'RUN') await run(rest, at, image.root)
    else image = described(image, name, rest)
  }
  return image
}

function bare(root: string): Image {
  return { root, workdir: '/', env: {}, entrypoint: [], command: [], health: [], user: 'root', stopSignal: 'SIGTERM' }
}

function described(image: Image, name: string, rest: string): Image {
  const list = () => JSON.parse(rest.slice(rest.indexOf('['))) as readonly string[]
  if (name === 'ENV') {
    const pairs = rest.split(' ').map((pair) => pair.split('=') as [string, string])
    return { ...image, env: { ...image.env, ...Object.fromEntries(pairs) } }
  }
  if (name === 'ENTRYPOINT') return { ...image, entrypoint: list() }
  if (name === 'CMD') return { ...image, command: list() }
  if (name === 'HEALTHCHECK') return { ...image, health: list() }
  if (name === 'USER') return { ...image, user: rest }
  if (name === 'STOPSIGNAL') return { ...image, stopSignal: rest }
  if (name === 'VOLUME' || name === 'EXPOSE') return image
  throw new Error(`Cannot follow the Dockerfile: ${name} is not known here`)
}

function instructionsOf(text: string): readonly Instruction[] {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ name: line.slice(0, line.indexOf(' ')), rest: line.slice(line.indexOf(' ') + 1).trim() }))
}

/** The last line that matches a path or a folder above it decides. */
async function ignoredIn(context: string): Promise<(path: string) => boolean> {
  const lines = (await readFile(join(context, '.dockerignore'), 'utf8')).split('\n')
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return (path) => {
    const parts = path.split('/')
    const above = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    const last = rules.findLast((rule) => above.some((one) => matchesGlob(one, rule.replace(/^!/, ''))))
    return last !== undefined && !last.startsWith('!')
  }
}
