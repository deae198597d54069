import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** A user who is logged in stays, but for ForceDeletion on a Shared iPad. @see apple:mdm/commands/user.delete.yaml */
export const deleteUser: Answer = ({ UserName, ForceDeletion, DeleteAllUsers }, subject) => {
  const users = subject.users()
  if (DeleteAllUsers === true && subject.traits.sharedIPad) {
    const gone = users.filter(({ loggedIn }) => !loggedIn).map(({ shortName }) => shortName)
    remove(gone)
    return acknowledged()
  }
  const user = users.find(({ shortName }) => shortName === UserName)
  if (user === undefined) return cannot(16, 'There is no such user')
  if (user.loggedIn && ForceDeletion !== true) return cannot(17, 'The user is logged in')
  subject.logOut(user.shortName)
  remove([user.shortName])
  return acknowledged()

  function remove(names: readonly string[]): void {
    const { commanded } = subject.model
    commanded.deletedUsers = [...commanded.deletedUsers, ...names]
  }
}
