import { problemOf, type Rule } from '../rule.ts'

/** Every workspace stands in the table. */
export const roomsAreKnown: Rule = {
  name: 'rooms-are-known',
  check: (house) =>
    house.folders
      .filter((folder) => !house.rooms.some((room) => room.folder === folder))
      .map((folder) =>
        problemOf(
          'rooms-are-known',
          folder,
          `The folder ${folder} is no room of the house. Put what it does into the room it belongs to, or give it a line in tools/src/walls/rooms.ts that says whom it may know`,
        ),
      ),
}
