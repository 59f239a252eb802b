// Reads the agreed fields of a report; all other values become null.

export const STATES = ['running', 'idle', 'alarm', 'offline'];

export const number = (value) => (Number.isFinite(value) ? value : null);
export const text = (value) => (typeof value === 'string' && value ? value : null);

export function readingOf(value) {
  return {
    kind: text(value.kind) ?? 'machine',
    program: text(value.program),
    phase: text(value.phase),
    progress: Math.min(1, Math.max(0, number(value.progress) ?? 0)),
    temperature: number(value.temperature),
    load: number(value.load),
    power: number(value.power),
    alarm: text(value.alarm),
    state: STATES.includes(value.state) ? value.state : 'offline',
  };
}
