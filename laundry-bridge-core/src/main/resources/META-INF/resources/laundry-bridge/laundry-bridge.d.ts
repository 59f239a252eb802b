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
 *
 * `docs/client.md` is its specification: every state and event in one table, and the invariants.
 * `laundry-bridge.js` is minified; `laundry-bridge.src.js` beside it is what it is made of.
 */

/**
 * How far what the page shows can be trusted. Four words for people, and one end:
 *
 * - `live`: what arrives happens now
 * - `lagging`: connected and behind; a snapshot or history is on its way
 * - `stale`: connected, but the server says that it cannot see new events itself
 * - `blind`: no connection that is ready; the client keeps trying (unless the bridge is closed)
 * - `denied`: final; the server refused. Nothing is tried until {@link Subscription.update} or a new subscription. One
 *   exception: a channel that was delivered before and is `forbidden` now is asked for again over the next connection
 *
 * A reconnect that succeeds at once passes through `blind` and `lagging` within a second. A page that waits for a second
 * before it leaves `live` shows nothing of it.
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
  /**
   * The WebSocket close code, or the code of the server's error (`forbidden`, `source_unavailable`, ...), or
   * `unsubscribed`: the server ended the subscription; `stale` while it is asked for again, `denied` if the reason is
   * `forbidden`.
   */
  code?: number | string;
  /** `blind`, `stale`: ms until the next attempt. Absent while one is under way. */
  retryIn?: number;
  /**
   * `blind`: attempts since a connection last held for 10 s. From the fifth on, `unreachable` is worth telling the
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
   * `snapshot` where a snapshot begins and there is no `onSnapshot`; `bad_position` where the position was not accepted,
   * or is longer than the server takes, and `loop` where the connection broke five times while the stream was resumed
   * at one place: the subscription starts again by `else` then.
   */
  reason: string;
}

/** Something failed; unless the state says otherwise, the rest goes on. */
export interface BridgeError extends Error {
  /**
   * The server's code (`forbidden`, `bad_filter`, `limit_exceeded`, `source_unavailable`, ...), or `handler` (a handler
   * threw: see `cause`), `token` (`options.token` failed), 4400 (the server sent what is not the protocol).
   * `limit_exceeded` and `bad_position` also tell of a request that is longer than the server takes: it is not sent.
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
  /** Only these keys; a trailing `*` is a prefix, `\*` a literal star, and of backslashes before a star two are one. Default: all. */
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
   * server's heartbeat waits for its answer, which is how a slow page slows its server down. Here and in every other
   * handler all methods may be called, `unsubscribe` and `close` included.
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
   * does not offer it. May be called as often as the page scrolls: the newest is said, at most four times a second.
   */
  view(keys: string[] | null): void;
  /**
   * Changes what is given and keeps the rest (`undefined` removes); the stream keeps its place. A channel that keeps
   * state sends a new snapshot. A refused change is told to `onError` and leaves everything as it was. Asks anew where
   * the state is `denied`. No effect once the subscription has ended. May be called as often as an input changes: the
   * newest is asked for, at most four times a second.
   */
  update(changes: { [name in keyof Selection]?: Selection[name] | undefined }): void;
  /** No handler is called any more, and the channel may be subscribed to again at once. May be repeated. */
  unsubscribe(): void;
}

export interface BridgeOptions {
  /**
   * A credential, asked for when the server requires one, before an old one expires, and before reconnecting after a close with 4401
   * or 4408: the connection waits for it. Null, or nothing: there is none, all is `denied`. If it
   * throws or rejects, it is asked again later. Three credentials refused in a row: `denied`, until `update` or a new
   * subscription asks anew. It goes over the connection as it is: where the endpoint is `ws:`, anybody on the way can
   * read it. Browsers allow `ws:` to pages that came over `http:` only, which anybody on the way could change as well.
   */
  token?(): string | null | undefined | Promise<string | null | undefined>;
  /**
   * Tells the server when the page is hidden: it sends nothing then. On return it sends everything that was missed; of
   * channels that keep state the newest event of each key. Default: true where there is a `document`. Switch it off where
   * a hidden page still has work to do, such as an alarm.
   */
  reportVisibility?: boolean;
  /**
   * `latest`: of what a hidden page missed the newest event of each key is enough, on channels without state, too.
   * Default: everything. No effect where the server does not offer it.
   */
  onReturn?: 'latest';
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
  /** A clock that the calendar does not move. Default: the calendar. */
  performance?: { now(): number };
  Math: { random(): number };
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: any): void;
  /** To hear `online`, `offline`, `visibilitychange`, `pageshow`, `focus` and `resume`. */
  addEventListener?(type: string, listener: (event: any) => void, capture: boolean): void;
  removeEventListener?(type: string, listener: (event: any) => void, capture: boolean): void;
  /** Where `hidden` says whether the page is; a relative URL is relative to `baseURI`. */
  document?: { readonly hidden: boolean; readonly baseURI?: string };
  /** What a relative URL is relative to where there is no `document`. */
  location?: { href: string };
}

/**
 * One WebSocket, opened with the first subscription, shared by all.
 *
 * A connection that the page did not close is opened again, whatever the close code, and every subscription resumes at its
 * position: after a random delay of at most 0.5 s, doubling up to 20 s; at once when the browser is online again or the
 * page is shown. A connection that held for 10 s makes earlier failures forgotten, and the delay is at most a sixtieth of
 * its life. The same after silence of 1.5 heartbeats and 2 s. After 4429 it waits at least 10 s, 20 s, up to 60 s.
 * What is not the protocol is closed with 4400 and tried again three times. Final are only 4400, 4403, 4410 and 4426 from
 * the server, and 4401 and 4408 where no fresh credential is to be had. After 1009 the request that was too long is
 * dropped, and no other.
 */
export class LaundryBridge {
  /**
   * @param url `ws:`, `wss:`, `http:` or `https:`, or relative to the page (its `<base href>`) or to the worker's file; in a
   *   worker made of a blob it has to be whole
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
