/**
 * The browser client of Laundry Bridge: channels of events over one WebSocket, resumed without a hole after every
 * interruption, each event handed on once.
 *
 * ```js
 * import { LaundryBridge } from '/laundry-bridge/laundry-bridge.js';
 *
 * const bridge = new LaundryBridge('/laundry');
 * const machines = new Map();
 * bridge.subscribe('machines', {
 *   keys: ['site-7/*'],
 *   onEvent: ({ key, value }) => (value === null ? machines.delete(key) : machines.set(key, value)),
 *   onReset: () => machines.clear(),
 *   onGap: ({ reason }) => console.warn('events are missing:', reason),
 *   onState: (state, { reason }) => (status.textContent = reason ? `${state}: ${reason}` : state),
 * });
 * ```
 *
 * Keys and values come from records that anybody may have written. The client never touches the page and never merges
 * a value into another object. Keep keys in a `Map` (a key may be `__proto__`) and show text as text, not as HTML.
 */

/**
 * How far what the page shows can be trusted. Four words for people, and one end:
 *
 * - `live`: what arrives happens now
 * - `lagging`: connected and behind; a snapshot or history is on its way
 * - `stale`: connected, but the server says that it cannot see new events itself
 * - `blind`: no connection that is ready; the client keeps trying (unless the bridge is closed)
 * - `denied`: final; the server refused. Nothing is tried until {@link Subscription.update} or a new subscription
 *
 * A reconnect that succeeds at once passes through `blind` and `lagging` in a few ms. Who shows the word to people does
 * well to wait for a second before it leaves `live`.
 */
export type State = 'live' | 'lagging' | 'stale' | 'blind' | 'denied';

export interface StateDetail {
  /**
   * When the state began, in ms since 1970: for `blind` when the connection was lost, however often it was tried since;
   * for `stale` since when the source has been behind, by the server's clock.
   */
  since: number;
  /**
   * Why `blind`, `stale` or `denied`: the server's words or, where it had none, `lost` (there was a connection),
   * `unreachable` (there was none), `silence` (no heartbeat), `no credential`, `not the protocol`, `closed`. Absent
   * while the first connection is being made.
   */
  reason?: string;
  /** The WebSocket close code, or the code of the server's error (`forbidden`, `source_unavailable`, ...). */
  code?: number | string;
  /** `blind`, `stale`: ms until the next attempt. Absent while one is under way. */
  retryIn?: number;
  /**
   * `blind`: attempts since the connection last held for 30 s. From the fifth on, `unreachable` is worth telling the
   * user: a page sees a refused handshake only as 1006, so check path, access rule and allowed origins on the server.
   */
  attempts?: number;
}

export interface BridgeEvent<V = unknown> {
  /** The record's key, or null. */
  key: string | null;
  /** The record's value; null for a deletion. Numbers above 2^53 are rounded by JavaScript. */
  value: V | null;
  /** The record's place, `partition@offset.leader-epoch`. Not sent by channels whose places would tell secrets. */
  at?: string;
  /** The record's timestamp in ms since 1970. */
  timestamp: number;
  /** True where the key's newest value no longer matches the filter: remove the key. `value` is null then. */
  left: boolean;
  channel: string;
}

/** Events in `[from, to)` of the partition may be missing. The stream goes on behind it. */
export interface Gap {
  channel: string;
  /** Absent, like `from` and `to`, on channels whose places would tell secrets. */
  partition?: string;
  from?: string;
  to?: string;
  /** `retention`, `overflow`, `undecodable`, `too_large` or `limit`. */
  reason: string;
}

/** What was handed on is void: forget it. What follows starts over. */
export interface Reset {
  channel: string;
  /**
   * The server's `epoch` (topic recreated), `truncated`, `ahead` or `access` (rights changed);
   * `snapshot` where a snapshot begins and there is no `onSnapshot`; `bad_position` where the position was not accepted
   * and the subscription starts again by `else`.
   */
  reason: string;
}

/** Something failed; unless the state says otherwise, the rest goes on. */
export interface BridgeError extends Error {
  /**
   * The server's code (`forbidden`, `bad_filter`, `limit_exceeded`, `source_unavailable`, ...), or `handler` (a handler
   * threw: see `cause`), `token` (`options.token` failed), 4400 (the server sent what is not the protocol).
   */
  code: string | number;
  /** The channel it is about, or null. */
  channel: string | null;
  /** On a server's error: the client asks again by itself, after a while. */
  retry?: boolean;
  cause?: unknown;
}

/**
 * Where a subscription starts. Default: the channel's own, which is `snapshot` where it keeps state, else `live`.
 *
 * `live`, `snapshot` (newest value of every key, then live), `earliest`, `last:100`, `since:2026-11-23T10:00:00Z`,
 * `since:PT5M`, `at:POSITION` (exactly where {@link Subscription.position} stood).
 */
export type From = 'live' | 'snapshot' | 'earliest' | `last:${number}` | `since:${string}` | `at:${string}`;

/** What the server sends of a channel. A position is valid for the selection it was earned with. */
export interface Selection {
  /** Only these keys; a trailing `*` is a prefix, `\*` a literal star. Default: all. */
  keys?: string[];
  /** Only values that match, e.g. `{ gt: ['/temperature', 60] }`, over fields the channel made filterable. Default: all. */
  where?: object;
  /** Every so many ms the newest event of each key that changed, instead of all events. Default: all events. */
  every?: number;
  /** The server may gather events for so many ms before it sends. Default: it sends at once. */
  flush?: number;
  /**
   * Frames may come compressed: where the server offers it, and this platform inflates by itself. Compressed once for all
   * pages, so it costs the server little; it shrinks what is gathered best, so give it a `flush`. Default: they do not.
   */
  compress?: 'deflate-raw';
}

export interface SubscribeOptions<V = unknown> extends Selection {
  from?: From;
  /** Where to start if `from`, or the place of a resume, cannot be honoured. Default: the channel's default `from`. */
  else?: From;

  /**
   * One event, in the order of its partition, once. {@link Subscription.position} counts it already, and it counts
   * as handled even if this throws: the error goes to `onError` and the stream goes on. While this runs the
   * server's heartbeat waits for its answer, which is how a slow page slows its server down.
   */
  onEvent?(event: BridgeEvent<V>): void;
  /** On every change of the state or of what is known of it, and once with the first. */
  onState?(state: State, detail: StateDetail): void;
  onGap?(gap: Gap): void;
  onReset?(reset: Reset): void;
  /**
   * `begin`: forget the channel's state; the events until `end` are the newest value of each key. A key not among them
   * does not exist. Without this handler `begin` is told to `onReset`.
   */
  onSnapshot?(state: 'begin' | 'end', detail: { channel: string; count?: number }): void;
  /** Default: the bridge's `onError`. */
  onError?(error: BridgeError): void;
}

export interface Subscription {
  readonly channel: string;
  readonly state: State;
  /**
   * Where to resume with `from: 'at:' + position`, after a reload for example, with the same selection. Everything
   * before it was handed on. Null until delivery begins, and while a snapshot is under way. Opaque text: store it, do
   * not read it. One that was tampered with does no harm: `onReset` tells `bad_position`.
   */
  readonly position: string | null;
  /**
   * Says which keys the page shows: the server sends only these, within {@link Selection.keys}, and those that come into
   * view bring their newest value, without `at`; null once more for all. A channel that keeps state answers prefixes and
   * null with a new snapshot; of a stream the value is the newest event in the server's memory. No effect where the server
   * does not offer it.
   */
  view(keys: string[] | null): void;
  /**
   * Changes what is given and keeps the rest (`undefined` removes); the stream keeps its place. A channel that keeps
   * state sends a new snapshot. A refused change is told to `onError` and leaves everything as it was. Asks anew where
   * the state is `denied`. No effect once the subscription has ended.
   */
  update(changes: { [name in keyof Selection]?: Selection[name] | undefined }): void;
  /** No handler is called any more. May be repeated. */
  unsubscribe(): void;
}

export interface BridgeOptions {
  /**
   * A credential, asked for when the server requires one, before an old one expires, and before reconnecting after a close with 4401
   * or 4408: the connection waits for it. Null, or nothing: there is none, all is `denied`. If it
   * throws or rejects, it is asked again by and by. Three credentials refused in a row: `denied`.
   */
  token?(): string | null | undefined | Promise<string | null | undefined>;
  /**
   * Tells the server when the page is hidden: it sends nothing then and, on return, what was missed, of each key the newest
   * event. Default: true where there is a `document`. Switch it off where a hidden page still has work to do, such as an
   * alarm.
   */
  reportVisibility?: boolean;
  /** The worst state of all subscriptions, in the order denied, blind, stale, lagging, live. */
  onState?(state: State, detail: StateDetail): void;
  /** Errors of no subscription, and of those without an `onError`. Default: `console.error`. */
  onError?(error: BridgeError): void;
  /** For tests, and for Node before 22: what stands in for `globalThis`. */
  env?: Environment;
}

export interface Environment {
  WebSocket: unknown;
  Date: { now(): number };
  Math: { random(): number };
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: any): void;
  /** To hear `online`, `offline`, `visibilitychange` and `pageshow`. */
  addEventListener?(type: string, listener: (event: any) => void): void;
  removeEventListener?(type: string, listener: (event: any) => void): void;
  /** Where `hidden` says whether the page is. */
  document?: { readonly hidden: boolean };
  /** What a relative URL is relative to. */
  location?: { href: string };
}

/**
 * One WebSocket, opened with the first subscription, shared by all.
 *
 * A lost connection is opened again after a random delay of at most 0.5 s, doubling up to 20 s (starting over once a
 * connection held for 30 s), at once when the browser is online again or the page is shown; every subscription resumes
 * at its position. The same after silence of 1.5 heartbeats and 2 s, and after close codes 1001, 1006, 1011, 1012, 1013
 * and 4000-4399. After 4429 it waits at least 10 s, 20 s, 30 s, then gives up. What is not the protocol is closed with
 * 4400 and tried again three times. Every other close code is final.
 */
export class LaundryBridge {
  /**
   * @param url `ws:`, `wss:`, `http:` or `https:`, or relative to the page
   * @throws TypeError where that is no URL
   */
  constructor(url: string | URL, options?: BridgeOptions);

  /** The worst state of all subscriptions; `blind` while there is none. */
  readonly state: State;

  /**
   * Subscribes to a channel. No handler is called before this returns.
   *
   * @throws Error where the bridge is closed, or holds a subscription to that channel already: there is one at most;
   * change it with {@link Subscription.update}, or use a second bridge
   */
  subscribe<V = unknown>(channel: string, options?: SubscribeOptions<V>): Subscription;

  /** Ends the connection and all subscriptions for good: `blind`, reason `closed` (`denied` stays `denied`). */
  close(): void;
}
