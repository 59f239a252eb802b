// Formats values for the screen.

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const count = new Intl.NumberFormat('en');

export const timeOf = (ms) => clock.format(ms);
export const countOf = (number) => count.format(number);
export const degrees = (celsius) => (celsius === null ? '–' : `${celsius.toFixed(1)} °C`);
export const watts = (power) => (power === null ? '–' : power < 1000 ? `${Math.round(power)} W` : `${(power / 1000).toFixed(2)} kW`);
export const kilograms = (load) => (load === null ? '–' : `${load.toFixed(1)} kg`);

/** Returns "Station road" for `station-road`. */
export function sentence(slug) {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Returns "Cotton 60°" for `cotton-60`. */
export const programmeName = (slug) => sentence(slug).replace(/ (\d+)$/, ' $1°');

/** Describes a machine's work in a few words. */
export function doing(machine) {
  if (machine.state === 'alarm') return sentence(machine.alarm ?? 'alarm');
  if (machine.state === 'offline') return 'Offline';
  if (!machine.program) return 'Idle';
  return `${programmeName(machine.program)} · ${machine.phase ?? machine.state}`;
}

/** Returns an age in coarse words: `42 s`, `3 min`, `1 h 5 min`. */
export function ago(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${seconds} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Returns "1:12" for 72,000 ms. */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}
