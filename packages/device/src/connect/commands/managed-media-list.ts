import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/media.managed.list.yaml */
export const managedMediaList: Answer = (_command, { model }) =>
  acknowledged({
    Books: Object.entries(model.commanded.media).map(([id, { Title }]) => ({
      ...(/^\d+$/.test(id) ? { iTunesStoreID: Number(id) } : { iTunesStoreID: 0, PersistentID: id }),
      State: 'Installed',
      Title: String(Title),
    })),
  })
