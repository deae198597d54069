import { bookId } from '../book-id.ts'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/media.remove.yaml */
export const removeMedia: Answer = (command, { model }) => {
  const id = bookId(command)
  if (id === null || !Object.hasOwn(model.commanded.media, id)) return cannot(21, 'The book cannot be made out')
  delete model.commanded.media[id]
  return acknowledged()
}
