import type { Room } from './rooms.ts'

const begin = '<!-- rooms -->'
const end = '<!-- /rooms -->'

/** The table of rooms as Markdown. */
function draw(rooms: readonly Room[]): string {
  const rows = rooms.map((room) => `| \`${room.folder}\` | ${room.about} | ${knows(room)} |`)
  return ['| room | what it is | may import |', '|---|---|---|', ...rows].join('\n')
}

/**
 * The page with the drawing between its marks replaced.
 * @throws Error when the page has no marks to draw between
 */
export function redraw(page: string, rooms: readonly Room[]): string {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`Cannot draw the rooms: the page has no ${begin} followed by ${end}`)
  return `${page.slice(0, from + begin.length)}\n${draw(rooms)}\n${page.slice(to)}`
}

function knows(room: Room): string {
  if (room.mayImport === 'everything') return 'everything'
  const imports = room.mayImport.length === 0 ? 'nothing' : room.mayImport.join(', ')
  return room.mayLoad === undefined ? imports : `${imports}; ${room.mayLoad.join(' and ')} with \`import()\` only`
}
