// Ends with 0 when the server in this container answers, by http or by https, whatever its certificate says.

import { get } from 'node:http'
import { get as getSecure } from 'node:https'

const port = /\d+$/.exec(process.env.EDICT_LISTEN ?? '')?.[0] ?? '8080'
const options = { host: '127.0.0.1', port, path: '/healthz', timeout: 4000, rejectUnauthorized: false }

/** @param {typeof get} ask */
const answers = (ask) =>
  new Promise((resolve) => {
    const request = ask(options, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('error', () => resolve(false))
    request.on('timeout', () => request.destroy())
  })

const healthy = await answers(process.env.EDICT_TLS_CERT ? getSecure : get)
process.exit(healthy ? 0 : 1)
