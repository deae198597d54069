import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { addPaging, noteMore, pages } from '../pages.ts'
import { askPassword } from '../prompt.ts'
import { type Cli, type Session, serverAction, show, text } from '../session.ts'

export function accounts(noun: Command, cli: Cli): void {
  const add = noun.command('add').description('let somebody sign in, to enroll devices by an account')
  add.option('--managed-apple-account <account>', 'what stands in their profiles; the name when absent')
  serverAction(addPassword(add.argument('<name>')), cli, async (session, name = '') => {
    const managedAppleAccount = text(session.options.managedAppleAccount)
    const body = { name, password: await passwordOf(session), ...given({ managedAppleAccount }) }
    const account = await session.client.call('add-account', { body })
    await show(session, account, () =>
      session.output.line(`Added ${account.name}, who enrolls devices for ${account.managedAppleAccount}`),
    )
  })

  const list = noun.command('list').description('list those who have an account at this server')
  serverAction(addPaging(list), cli, async (session) => {
    const page = await pages(session, (query) => session.client.call('list-accounts', { query }))
    await show(session, page, () =>
      session.output.table(
        ['ACCOUNT', 'MANAGED APPLE ACCOUNT', 'SINCE', 'PASSWORD SINCE'],
        page.items.map((one) => [one.name, one.managedAppleAccount, one.madeAt, one.passwordAt]),
      ),
    )
    noteMore(session, page)
  })

  const set = noun.command('set-password').description('give an account another password; who is signed in stays so')
  serverAction(addPassword(set.argument('<name>')), cli, async (session, name = '') => {
    const body = { password: await passwordOf(session) }
    const account = await session.client.call('set-account-password', { params: { name }, body })
    await show(session, account, () => session.output.line(`${account.name} has another password`))
  })

  const remove = noun.command('remove').description('remove an account, and sign it out')
  serverAction(remove.argument('<name>'), cli, async (session, name = '') => {
    const removed = await session.client.call('remove-account', { params: { name } })
    await show(session, removed, () => session.output.line(`Removed ${removed.account}; ${tokens(removed.tokens)}`))
  })

  const signOut = noun.command('sign-out').description('let the devices of an account ask to sign in again')
  serverAction(signOut.argument('<name>'), cli, async (session, name = '') => {
    const signedOut = await session.client.call('sign-out-account', { params: { name } })
    await show(session, signedOut, () => session.output.line(`${signedOut.account}: ${tokens(signedOut.tokens)}`))
  })
}

function addPassword(command: Command): Command {
  return command.option(
    '--password-file <file>',
    'file that holds the password (- for standard input); asked for when absent',
  )
}

/** Never an argument, which the list of processes and the history of the shell would show. A line break at the end is none of it. */
async function passwordOf({ options, read }: Session): Promise<string> {
  const file = text(options.passwordFile)
  if (file !== undefined) return (await read(file)).replace(/\r?\n$/, '')
  if (!process.stdin.isTTY) return (await read('-')).replace(/\r?\n$/, '')
  const password = await askPassword('Password: ')
  if (password === (await askPassword('Once more: '))) return password
  throw new UsageError('Cannot use this password: it was typed in two ways')
}

function tokens(count: number): string {
  return `${count} access token${count === 1 ? '' : 's'} revoked`
}
