import type { Permission, Role } from '@/api/types'

/** Which roles bring a permission: for telling people whom to ask. The server decides; this only explains. */
const roles: Record<Permission, readonly Role[]> = {
  see: ['viewer', 'operator', 'security-officer', 'admin'],
  operate: ['operator', 'admin'],
  'list-files': ['operator', 'security-officer', 'admin'],
  'delete-files': ['operator', 'security-officer', 'admin'],
  'read-content': ['security-officer', 'admin'],
  respond: ['security-officer', 'admin'],
  policy: ['security-officer', 'admin'],
  approve: ['operator', 'security-officer', 'admin'],
  'raw-access': ['admin'],
  administer: ['admin'],
  audit: ['security-officer', 'admin'],
  'audit-own': ['viewer', 'operator', 'security-officer', 'admin'],
}

export const roleNames: Record<Role, string> = {
  viewer: 'Viewer',
  operator: 'Operator',
  'security-officer': 'Security officer',
  admin: 'Administrator',
}

/** "an operator, a security officer or an administrator" */
export function rolesWith(permission: Permission): string {
  const names = roles[permission].map((role) => {
    const name = roleNames[role].toLowerCase()
    return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
  })
  const last = names.pop() ?? 'nobody'
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`
}
