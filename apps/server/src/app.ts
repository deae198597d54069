import { STATUS_CODES } from 'node:http'
import { type Endpoint, endpoints, PROBLEM_TYPE } from '@edict/api'
import swagger from '@fastify/swagger'
import { type FastifyInstance, fastify } from 'fastify'
import { problemOf, sendProblem } from './admin/problem.ts'
import { adminFace } from './admin/routes.ts'
import { automatedFace } from './automated/routes.ts'
import { refuseBroken } from './broken-request.ts'
import { deviceFace } from './device/routes.ts'
import { accountFace } from './enroll/account-routes.ts'
import { enrollFace } from './enroll/routes.ts'
import { openApiOptions } from './openapi.ts'
import { publicFace } from './public/routes.ts'
import { scepFace } from './scep/routes.ts'
import type { Services } from './services.ts'
import { signInFace } from './sign-in/routes.ts'
import type { TlsPair } from './tls/read-tls.ts'

const MAX_BODY = 16 * 1024 * 1024
const MAX_HEADERS = 16 * 1024
const PATIENCE = 30_000
/** Enrollment ids carry two UUIDs and a colon, percent-encoded at worst. */
const MAX_PARAMETER = 2048

/** How to listen. */
export interface Listening {
  /** Null: plain HTTP. */
  readonly tls: TlsPair | null
  /** Milliseconds a request may take to come in. */
  readonly patience?: number
}

/** Both faces on one listener, with the same limits on every route. */
export async function createApp(
  adminTokenHash: string,
  services: Services,
  version: string,
  { tls, patience = PATIENCE }: Listening,
): Promise<FastifyInstance> {
  // Node takes the longer of the two timeouts for the whole request, whichever it is called.
  const http = { maxHeaderSize: MAX_HEADERS, headersTimeout: patience, connectionsCheckingInterval: patience / 3 }
  // Clients are asked for a certificate and never hung up on for it: what is wrong with it the device face says, with 400.
  const listener =
    tls === null ? { http } : { https: { ...http, ...tls, requestCert: true, rejectUnauthorized: false } }
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY,
    requestTimeout: patience,
    connectionTimeout: 0,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    // Fastify's types have one for HTTP and another for HTTPS; they differ in the type of the server alone.
    ...(listener as object),
    routerOptions: { maxParamLength: MAX_PARAMETER },
    clientErrorHandler: refuseBroken(services.metrics),
    // A URL that cannot be decoded, before any route.
    frameworkErrors: (error, _request, reply) => sendProblem(reply, problemOf(error)),
  })
  // What no route takes is read to its end, as far as the limit goes, and not looked at.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null))
  app.setErrorHandler((error, _request, reply) => sendProblem(reply, problemOf(error)))
  await app.register(swagger, openApiOptions(version))
  await app.register(async (scope) => deviceFace(scope, services))
  await app.register(async (scope) => adminFace(scope, adminTokenHash, services))
  await app.register(async (scope) => publicFace(scope, services))
  await app.register(async (scope) => scepFace(scope, services))
  await app.register(async (scope) => enrollFace(scope, services))
  await app.register(async (scope) => accountFace(scope, services))
  await app.register(async (scope) => signInFace(scope, services))
  await app.register(async (scope) => automatedFace(scope, services))
  app.setNotFoundHandler((request, reply) => {
    const known = (endpoints as readonly Endpoint[]).some(({ path }) => samePath(path, request.url))
    const status = known ? 405 : 404
    const detail = known
      ? `Cannot ${request.method} ${request.url}: another method is meant`
      : `Cannot find ${request.url}`
    const document = {
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      code: known ? 'method-not-allowed' : 'route-unknown',
      detail,
      remedy: 'see /openapi.json',
    }
    return reply.code(status).type(PROBLEM_TYPE).send(JSON.stringify(document))
  })
  return app
}

/** Whether a URL could be meant for an endpoint's path. */
function samePath(path: string, url: string): boolean {
  const wanted = path.split('/')
  const given = url.replace(/\?.*$/, '').split('/')
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index])
}
