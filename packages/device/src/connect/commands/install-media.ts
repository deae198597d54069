import { bookId } from '../book-id.ts'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Books come at once. @see apple:mdm/commands/media.install.yaml */
export const installMedia: Answer = (command, { model }) => {
  const id = bookId(command)
  const { MediaType, Title, iTunesStoreID, PersistentID, MediaURL } = command
  if (id === null || MediaType !== 'Book') return cannot(21, 'The book cannot be made out')
  model.commanded.media[id] = { Title: typeof Title === 'string' ? Title : `Book ${id}` }
  return acknowledged({
    ...(iTunesStoreID === undefined ? {} : { iTunesStoreID }),
    ...(PersistentID === undefined ? {} : { PersistentID }),
    ...(MediaURL === undefined ? {} : { MediaURL }),
    MediaType,
    State: 'Installed',
  })
}
