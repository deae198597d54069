import { page } from '../public/page.ts'

/** Why there is no form to fill in, or not any more. */
const endings = {
  over: ['This page is too old', 'Close it and begin again. A page is good for five minutes and works once.'],
  elsewhere: ['This page was opened somewhere else', 'Close it and begin again.'],
  unreachable: ['This server cannot enroll devices yet', 'Whoever runs it has to tell it its public address.'],
  'provider-failed': [
    'Signing in did not work',
    'Close this page and begin again. If it goes on, ask your administrator.',
  ],
  'account-unsuitable': [
    'This account cannot enroll devices',
    'It has no Managed Apple Account, or its address is not confirmed. Ask your administrator.',
  ],
  unknown: ['There is no such page', 'Close it and begin again.'],
  failed: ['That did not work', 'Close this page and try again in a minute.'],
} as const satisfies Record<string, readonly [string, string]>

export type SignInEnding = keyof typeof endings

/** What is said above a form that did not do. */
const complaints = {
  wrong: 'The account or the password is wrong.',
  wait: 'Too many attempts failed. Wait a little and try again.',
  busy: 'Too many people are signing in. Try again in a moment.',
} as const

export type SignInComplaint = keyof typeof complaints

interface Form {
  /** Where it is sent to. */
  readonly action: string
  readonly state: string
  /** The account to begin with. */
  readonly account: string
  readonly complaint?: SignInComplaint
}

/** The page on which a person signs in: one file, which loads nothing and runs nothing. */
export function signInPage({ action, state, account, complaint }: Form): string {
  const [focusAccount, focusPassword] = account === '' ? [' autofocus', ''] : ['', ' autofocus']
  const said = complaint === undefined ? '' : `<p class="complaint" role="alert">${complaints[complaint]}</p>\n`
  return html(
    'Sign in',
    `<p>Sign in with the account of your organization.</p>
${said}<form method="post" action="${escaped(action)}">
<input type="hidden" name="state" value="${escaped(state)}">
<label for="account">Account</label>
<input id="account" name="account" type="text" value="${escaped(account)}" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required${focusAccount}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${focusPassword}>
<button>Sign in</button>
</form>`,
  )
}

export function signInEnded(ending: SignInEnding): string {
  const [title, paragraph] = endings[ending]
  return html(title, `<p>${paragraph}</p>`)
}

const style = `body { max-width: 26rem; margin: 3rem auto; padding: 0 1rem }
label { display: block; margin-top: 1rem }
input { box-sizing: border-box; width: 100%; font: inherit; padding: 0.5rem; border: 1px solid GrayText; border-radius: 0.4rem }
button { font: inherit; margin-top: 1.5rem; padding: 0.6rem 1.6rem }
.complaint { border-left: 0.3rem solid #c22; padding-left: 0.7rem }`

function html(title: string, content: string): string {
  return page(title, style, content)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
