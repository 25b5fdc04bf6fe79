import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouteRecordRaw,
  type RouterHistory,
} from 'vue-router'
import { sessionStore } from '@/session/useSession'
import OverviewPage from '@/overview/OverviewPage.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** What the page is called in the browser's title and by a screen reader on arrival. */
    title?: string
    /** Reachable without a session. */
    open?: boolean
  }
}

export const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('@/session/SignInPage.vue'), meta: { title: 'Sign in', open: true } },
  { path: '/', name: 'overview', component: OverviewPage, meta: { title: 'Overview' } },
  { path: '/devices', name: 'devices', component: () => import('@/devices/DevicesPage.vue'), meta: { title: 'Devices' } },
  { path: '/devices/refused', name: 'refused', component: () => import('@/devices/RefusedPage.vue'), meta: { title: 'Refused contacts' } },
  {
    path: '/devices/:deviceId',
    component: () => import('@/device/DevicePage.vue'),
    props: true,
    children: [
      { path: '', name: 'device', component: () => import('@/device/SummaryTab.vue'), meta: { title: 'Device' } },
      { path: 'running', name: 'device-running', component: () => import('@/device/RunningTab.vue'), meta: { title: 'Running' } },
      { path: 'files', name: 'device-files', component: () => import('@/device/FilesTab.vue'), meta: { title: 'Files' } },
      { path: 'commands', name: 'device-commands', component: () => import('@/device/CommandsTab.vue'), meta: { title: 'Commands' } },
      { path: 'objects', name: 'device-objects', component: () => import('@/device/ObjectsTab.vue'), meta: { title: 'Objects' } },
    ],
  },
  { path: '/jobs', name: 'jobs', component: () => import('@/jobs/JobsPage.vue'), meta: { title: 'Jobs' } },
  { path: '/jobs/commands', name: 'commands', component: () => import('@/jobs/CommandsPage.vue'), meta: { title: 'Commands' } },
  { path: '/jobs/:jobId', name: 'job', component: () => import('@/jobs/JobPage.vue'), props: true, meta: { title: 'Job' } },
  {
    path: '/admin',
    component: () => import('@/admin/AdminPage.vue'),
    children: [
      { path: '', redirect: { name: 'admin-users' } },
      { path: 'users', name: 'admin-users', component: () => import('@/admin/UsersTab.vue'), meta: { title: 'Users' } },
      { path: 'tokens', name: 'admin-tokens', component: () => import('@/admin/TokensTab.vue'), meta: { title: 'Tokens' } },
      { path: 'credentials', name: 'admin-credentials', component: () => import('@/admin/CredentialsTab.vue'), meta: { title: 'Device credentials' } },
      { path: 'audit', name: 'admin-audit', component: () => import('@/admin/AuditTab.vue'), meta: { title: 'Audit' } },
    ],
  },
  { path: '/help', name: 'help', component: () => import('@/help/HelpPage.vue'), meta: { title: 'Help' } },
  { path: '/:anything(.*)*', name: 'nothing-here', component: () => import('@/shell/NothingHerePage.vue'), meta: { title: 'Nothing here' } },
]

/** Only a path of this console: an address from outside after signing in would be a trap. */
export function safeReturn(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/'
}

/** Everything but the sign-in page asks for a session first, and comes back to where one wanted to go. */
async function guard(to: RouteLocationNormalized) {
  const open = to.meta.open === true
  if (sessionStore.session.value) return open ? { path: safeReturn(to.query['to']) } : true
  let signedIn: boolean
  try {
    signedIn = await sessionStore.restore()
  } catch {
    return open ? true : { name: 'sign-in', query: { to: to.fullPath } }
  }
  if (signedIn) return open ? { path: safeReturn(to.query['to']) } : true
  return open ? true : { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
}

export function createConsoleRouter(history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({ history, routes, scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 } })
  router.beforeEach(guard)
  router.afterEach((to) => {
    document.title = to.meta.title ? `${to.meta.title} · OMTP DM` : 'OMTP DM'
  })
  return router
}
