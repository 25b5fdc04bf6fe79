const grouped = new Intl.NumberFormat('en-GB')

/** 2,143 */
export function count(value: number): string {
  return grouped.format(value)
}

/** "1 device", "2,143 devices" */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** Bytes with three significant figures and binary units: "812 B", "3.42 KiB", "1.20 GiB". */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let size = value
  let unit = 0
  while (Math.abs(size) >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  if (unit === 0) return `${count(Math.round(size))} B`
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return `${size.toFixed(digits)} ${units[unit]}`
}

/** Per mille as per cent: 125 gives "12.5 %". */
export function permille(value: number): string {
  return `${(value / 10).toFixed(1)} %`
}

/** Middle-truncates ids, hashes and paths, keeping both ends readable. */
export function middle(text: string, longest = 24): string {
  const characters = [...text]
  if (characters.length <= longest) return text
  const head = Math.ceil((longest - 1) / 2)
  const tail = Math.floor((longest - 1) / 2)
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`
}
