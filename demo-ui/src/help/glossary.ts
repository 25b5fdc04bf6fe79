export interface Term {
  readonly ours: string
  /** The OMA DM word for the same, where there is one. */
  readonly oma: string
  readonly meaning: string
}

/** Our words beside those of OMA DM, for readers who know the latter. */
export const glossary: readonly Term[] = [
  { ours: 'Endpoint', oma: 'DevInfo/DevId', meaning: 'The name a device registers with; it is bound to its key.' },
  { ours: 'Device', oma: 'Device', meaning: 'Our lasting record of an endpoint: name, state, what it reported, its history.' },
  { ours: 'Registration', oma: 'Session (loosely)', meaning: 'What a device announces when it comes: its objects, lifetime and binding mode. It stays valid between messages.' },
  { ours: 'Object, instance, resource', oma: 'Management object, node, leaf', meaning: 'The levels of the data model: /3/0/9 is resource 9 (battery) of instance 0 of object 3 (Device).' },
  { ours: 'Read, write, execute', oma: 'Get, Replace, Exec', meaning: 'The operations of the server on a device.' },
  { ours: 'Observation, notification', oma: 'Generic alert 1226', meaning: 'The device tells about a change by itself, without being asked each time.' },
  { ours: 'Send', oma: 'Generic alert 1226', meaning: 'The device pushes values when it chooses, typically while it is awake anyway.' },
  { ours: 'Queue mode, asleep', oma: 'No direct counterpart (SMS wake-up)', meaning: 'The device listens only shortly after it has spoken. Work waits and goes out at its next contact, once.' },
  { ours: 'Command', oma: 'Package #4 commands', meaning: 'One thing asked of one device, kept until it has ended, with every step of it.' },
  { ours: 'Correlator', oma: 'Correlator of Exec', meaning: 'A number sent with an operation and given back with its outcome, so that nothing happens twice.' },
  { ours: 'Job', oma: 'Bulk operation', meaning: 'One command on each of many devices, with the selection frozen at its start.' },
  { ours: 'Refused by the device', oma: 'Status 4xx/5xx', meaning: 'The device answered no. Its words and the code are shown.' },
  { ours: 'Bootstrap', oma: 'Client provisioning, DM_SC', meaning: 'How a device gets its first account: factory, server or smart card.' },
  { ours: 'Firmware update', oma: 'FUMO', meaning: 'Object /5.' },
  { ours: 'Software management', oma: 'SCOMO', meaning: 'Objects /9 and /14.' },
  { ours: 'Device capabilities', oma: 'DCMO', meaning: 'Object /15.' },
  { ours: 'Lock and wipe', oma: 'LAWMO', meaning: 'Object /8.' },
  { ours: 'Device status, event log', oma: 'DiagMon', meaning: 'Objects /3, /4, /6, /7 and /20.' },
  { ours: 'Process management', oma: 'none', meaning: 'Our object /42769: list and end what runs.' },
  { ours: 'File management', oma: 'none', meaning: 'Our object /42770: look into allowed directories, hash, fetch and delete.' },
  { ours: 'Attention item', oma: 'none', meaning: 'Something that needs a person: the same cause on the same device is one item that counts.' },
  { ours: 'Audit', oma: 'none', meaning: 'Who did what, why and with what result, in a chain that shows any change.' },
]
