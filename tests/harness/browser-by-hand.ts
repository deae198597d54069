/** A browser without a window: it keeps cookies, and goes where it is sent until it is told to leave HTTP. */
export interface BrowserByHand {
  /** Follows redirects; gives the page that it ends on, or the URL that it cannot open. */
  open(url: string, form?: Readonly<Record<string, string>>): Promise<Opened>
  /** Every URL that it was at, in order. */
  readonly visited: readonly string[]
}

export interface Opened {
  readonly status: number
  /** The last URL. */
  readonly url: string
  readonly html: string
}

const MOST = 20

export function browserByHand(): BrowserByHand {
  const cookies = new Map<string, string>()
  const visited: string[] = []
  const once = async (url: string, form: Readonly<Record<string, string>> | undefined): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    visited,
    open: async (url, form) => {
      let [at, sent] = [url, form]
      for (let hops = 0; hops < MOST; hops += 1) {
        visited.push(at)
        const answer = await once(at, sent)
        const location = answer.headers.get('location')
        if (location === null) return { status: answer.status, url: at, html: await answer.text() }
        at = new URL(location, at).href
        sent = undefined
        if (!/^https?:/.test(at)) return { status: answer.status, url: at, html: '' }
      }
      throw new Error(`Cannot open ${url}: it goes round in circles`)
    },
  }
}
