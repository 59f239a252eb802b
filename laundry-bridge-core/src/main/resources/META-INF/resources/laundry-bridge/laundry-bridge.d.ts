/**
 * The browser client of Laundry Bridge: channels of events over one WebSocket, resumed without loss after every
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
 * Anyone may have written the records that keys and values come from. The client never touches the page and never
 * merges a value into another object. Keep keys in a `Map` (a key may be `__proto__`) and show text as text, not as
 * HTML.
 *
 * `docs/client.md` is its specification: every state and event in one table, and the invariants. `laundry-bridge.js` is
 * minified; `laundry-bridge.src.js` beside it is its source.
 */

/**
 * How current the page is. Four states, and one end:
 *
 * - `live`: events arrive as they happen
 * - `lagging`: connected, but behind; a snapshot or history is being sent
 * - `stale`: connected, but the server reported that it cannot see new events itself
 * - `blind`: no connection that is ready; the client keeps trying (unless the bridge is closed)
 * - `denied`: final; the server refused. The client tries nothing until {@link Subscription.update} or a new
 *   subscription. One exception: a channel that was delivered before and is `forbidden` now is requested again over the
 *   next connection
 *
 * A reconnect that succeeds at once passes through `blind` and `lagging` within a second. A page that waits for a
 * second before it leaves `live` does not show that.
 */
export type State = 'live' | 'lagging' | 'stale' | 'blind' | 'denied';

export interface StateDetail {
  /**
   * When the state began, in ms since 1970. `blind`: when the connection was lost, for any number of attempts since.
   * `stale`: when the source fell behind, by the server's clock.
   */
  since: number;
  /**
   * `lagging`: `paused`, if the past stands still. Why `blind`, `stale` or `denied`: the server's words, or one of `lost` (there was a connection), `unreachable`
   * (there was none), `silence` (no heartbeat), `no credential`, `not the protocol`, `closed`. Absent while the first
   * connection is being made.
   */
  reason?: string;
  /**
   * The WebSocket close code, or the code of the server's error (`forbidden`, `source_unavailable`, ...), or
   * `unsubscribed`. The last means that the server ended the subscription: `stale` while it is requested again,
   * `denied` if the reason is `forbidden`.
   */
  code?: number | string;
  /** `blind`, `stale`: ms until the next attempt. Absent while an attempt is in progress. */
  retryIn?: number;
  /**
   * `blind`: attempts since a connection last held for 10 s. From the fifth on, tell the user about `unreachable`. A
   * page sees a refused handshake only as 1006: check path, access rule and allowed origins on the server.
   */
  attempts?: number;
}

export interface BridgeEvent<V = unknown> {
  /** The record's key, or null. */
  key: string | null;
  /** The record's value; null for a deletion. Numbers above 2^53 are rounded by JavaScript. */
  value: V | null;
  /**
   * The record's place, `partition@offset.leader-epoch`. Absent for a value that came into view, and on a channel of
   * which each user sees certain rows.
   */
  at?: string;
  /** The record's timestamp in ms since 1970. */
  timestamp: number;
  /** True if the key's newest value no longer matches the filter: remove the key. `value` is null then. */
  left: boolean;
  channel: string;
}

/** Events in `[from, to)` of the partition may be missing. The channel continues after it. */
export interface Gap {
  channel: string;
  /** The partition; `from` and `to` are places in it. All three are absent if each user sees certain rows. */
  partition?: string;
  from?: string;
  to?: string;
  /** `retention`, `overflow`, `undecodable`, `too_large` or `limit`. */
  reason: string;
}

/** Everything handed on is void: forget it. The channel starts over. */
export interface Reset {
  channel: string;
  /**
   * From the server: `epoch` (topic made again), `truncated`, `ahead` or `access` (rights changed). From the client:
   * `access` too, if the rights are gone and the state becomes `denied`. `snapshot` if a snapshot begins and there is
   * no `onSnapshot`. `bad_position` if the position was refused, or is longer than the server accepts. `loop` if the
   * connection broke five times while the channel was resumed at one place; the subscription then starts over by
   * `else`. `seek` if the page went to another time.
   */
  reason: string;
}

/** A failure; unless the state says otherwise, everything else continues. */
export interface BridgeError extends Error {
  /**
   * The server's code (`forbidden`, `bad_filter`, `limit_exceeded`, `source_unavailable`, ...), or `handler` (a handler
   * threw: see `cause`), `token` (`options.token` failed: see `cause`), 4400 (the server violated the protocol).
   * `unauthenticated` with `retry`: the server cannot check the credential for now. `limit_exceeded` and
   * `bad_position` also report a request that is longer than the server accepts: it is not sent.
   */
  code: string | number;
  /** The channel it is about, or null. */
  channel: string | null;
  /** For a server's error: the client asks again by itself, later. */
  retry?: boolean;
  cause?: unknown;
}

/**
 * The place where a subscription starts. Default: the channel's own, which is `snapshot` for a channel with state, else
 * `live`.
 *
 * `live`, `snapshot` (newest value of every key, then live), `earliest`, `last:100`, `since:2026-11-23T10:00:00Z`,
 * `since:PT5M`, `at:POSITION` (exactly at a {@link Subscription.position}).
 */
export type From = 'live' | 'snapshot' | 'earliest' | `last:${number}` | `since:${string}` | `at:${string}`;

/**
 * The events that the server sends of a channel. A position is valid only for the selection with which it was received.
 */
export interface Selection {
  /**
   * Only these keys. A trailing `*` is a prefix, `\*` a literal star, and two backslashes before a star are one.
   * Default: all.
   */
  keys?: string[];
  /**
   * Only values that match, e.g. `{ gt: ['/temperature', 60] }`, with fields that the channel declares as filterable.
   * Default: all.
   */
  where?: object;
  /** The interval in ms at which only the newest event of each changed key is sent. Default: all events. */
  every?: number;
  /** The longest time in ms for which the server may gather events before it sends. Default: it sends at once. */
  flush?: number;
  /**
   * Allows compressed frames, if the server offers them and this platform can inflate them. They are compressed once
   * for all pages, so they cost the server little. Gathered events shrink best, so set `flush` too. Default: false.
   */
  compress?: 'deflate-raw';
}

/** A time: ms since 1970, a `Date`, `2026-11-23T10:00:00Z`, or `PT5M` for that long ago. */
export type Time = number | Date | string;

/** How a subscription plays the past, if the server offers it. Only whole numbers are a pace. */
export interface Travel {
  /** Where it stands still: a time or a position. Default: it goes on to the present. */
  until?: Time;
  /**
   * 0 to 16: how many times faster than the records' timestamps events are sent; 0 stands still. No effect once the
   * subscription is live. Default: as fast as possible.
   */
  pace?: number;
}

/** A journey into the past. */
export interface Seek extends Travel {
  /** A duration (`PT5M`): first the newest value of each key that changed in that time before the start. */
  lead?: string;
}

export interface SubscribeOptions<V = unknown> extends Selection, Seek {
  from?: From;
  /**
   * Where to start if `from`, or the position of a resume, cannot be honoured. Default: the channel's default `from`.
   */
  else?: From;

  /**
   * Called for each event, in the order of its partition, once. {@link Subscription.position} is already after it,
   * except if the event has no `at`: the position then moves after the last event of a frame. It
   * counts as handled even if this throws: the error goes to `onError`, and the next event follows. While this runs,
   * the server's heartbeat waits for its answer, so a slow page slows its server down. Here and in every other handler
   * all methods may be called, also `unsubscribe` and `close`. If it returns a promise, the next event does not wait
   * for it, but {@link Subscription.caughtUp} does; if the promise rejects, the error goes to `onError`.
   */
  onEvent?(event: BridgeEvent<V>): void | Promise<void>;
  /** Called for the first state, and on every change of the state or its details. */
  onState?(state: State, detail: StateDetail): void;
  onGap?(gap: Gap): void;
  onReset?(reset: Reset): void;
  /**
   * `begin`: forget the channel's state; the events until `end` are the newest value of each key. A key that is not
   * among them does not exist. Without this handler, `begin` calls `onReset`.
   */
  onSnapshot?(state: 'begin' | 'end', detail: { channel: string; count?: number }): void;
  /** While the past is played, every second or two: the time in ms since 1970 that is shown. */
  onClock?(detail: { channel: string; time: number }): void;
  /** The past stands still: the pace is 0, or `until` is reached. The time is that of the last event, or null. */
  onPaused?(detail: { channel: string; time: number | null }): void;
  /** Default: the bridge's `onError`. */
  onError?(error: BridgeError): void;
}

export interface PublishOptions {
  /** The key that the client proposes for the record; the server's mapping decides. Default: none. */
  key?: string;
  /**
   * Names this publish in every repeat: 1 to 64 of A-Z a-z 0-9 `_` `-`. Give the one of a failed publish to repeat that
   * after a reload, or after `outcome_unknown`. Default: 128 random bits.
   */
  mid?: string;
  /** Rejects with the signal's reason, and ends the repeats. What was sent already may be stored. */
  signal?: AbortSignal;
  /** Ms from the call to its end, with all waits and repeats. Default: {@link BridgeOptions.publishTimeout}. */
  timeout?: number;
}

/** The record is stored, on all of Kafka's in-sync replicas. */
export interface Receipt {
  /** The place of the record, `partition@offset.leader-epoch`. */
  at: string;
  channel: string;
  mid: string;
}

/**
 * A publish that failed. `mid` is absent only if the call was wrong.
 *
 * - `timeout`: the deadline passed; nothing was stored, because it was never sent, or each attempt was refused for now
 * - `outcome_unknown`: an attempt had no answer. It may have been stored: publish again with the same `mid` to find out
 * - `closed`: the bridge was closed; `busy`: too many publishes wait in this page
 * - `not_publishable`, `value_too_large`, `bad_request`, `forbidden` and others: the server's code and sentence
 * - a number: the close code, if it was final
 */
export interface PublishError extends Error {
  code: string | number;
  channel: string;
  mid: string;
  /** The last refusal of the server, if there was one. */
  cause?: unknown;
}

/** A channel to publish to; no subscription is needed. */
export interface Channel {
  readonly channel: string;
  /**
   * Sends a value to the channel, and resolves once it is stored. Waits for connection and login. Repeats it, always
   * with the same `mid`, after a lost connection and after `busy`, `source_unavailable`, `limit_exceeded` and
   * `outcome_unknown`, until there is an answer. Publishes of one channel and key are sent one at a time, in the order
   * of the calls.
   *
   * @param value any value with a JSON form, as it is at the call
   * @returns a promise that settles exactly once, at the latest after `timeout`; it rejects with a
   *     {@link PublishError}, or with the reason of `signal`
   */
  publish(value: unknown, options?: PublishOptions): Promise<Receipt>;
}

export interface CatchUpOptions {
  /** Ms. Default: 10000. */
  timeout?: number;
  /** Rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The page did not get as far. `timeout`: not in time. `bad_position`: that is no place, or none of this channel any
 * more. `unsubscribed`, `closed` or the code of the state `denied`: the subscription has ended.
 */
export interface CatchUpError extends Error {
  code: string | number;
  channel: string;
  /** For `timeout`: the partitions that are behind. Absent if only the server knows. */
  behind?: string[];
  /** The last refusal of the server, if there was one. */
  cause?: unknown;
}

export interface Subscription extends Channel {
  readonly state: State;
  /**
   * Where to resume with `from: 'at:' + position`, for example after a reload, with the same selection. Everything
   * before it was handed on. Null until delivery begins, and during a snapshot. Opaque text: store it, do not interpret
   * it. One that was changed, or belongs to another user, does no harm: the channel starts over, and `onReset` is told.
   */
  readonly position: string | null;
  /** The time that a replay of the past shows, in ms since 1970; null in the present. */
  readonly time: number | null;
  /**
   * Resolves once the handlers were called with everything up to a place that the selection wants, and the promises
   * that they returned are settled. So a page reads what it wrote itself.
   *
   * @param at a receipt, the place of a record (`2@77.3`), several (`2@77.3,0@12`), or a position. The records must be
   *     in the topic that this channel shows
   * @returns a promise that rejects with a {@link CatchUpError}, or with the reason of `signal`; the subscription goes
   *     on all the same
   */
  caughtUp(at: string | Receipt, options?: CatchUpOptions): Promise<void>;
  /**
   * Drops everything, and plays the past from a time or a position. `onReset` gets `seek` before this returns. A pace
   * that is not given stays as it was. A seek that the server refuses goes to `onError`, and the subscription starts
   * over by `else`. May be called as often as a slider moves: the newest is sent, at most four times per second.
   *
   * @param to a time, `{ time }`, a {@link position}, or any {@link From}
   */
  seek(to: Time | { time: Time } | From, travel?: Seek): void;
  /**
   * Changes the pace, from 0, which stands still, to 16. The place stays. At its `until`, the subscription goes on behind
   * it. In the present, 0 stands still there. A refused change goes to `onError` and leaves everything as it was.
   */
  speed(pace: number): void;
  /** Goes on to the present as fast as possible; nothing between is left out. */
  live(): void;
  /**
   * Names the keys that the page shows; null means all again. The server sends only these, within
   * {@link Selection.keys}. Keys that come into view bring their newest value, without `at`. A channel with state
   * answers prefixes and null with a new snapshot. Without state, the value is the newest event in the server's memory.
   * No effect if the server does not offer it. May be called as often as the page scrolls: the newest is sent, at most
   * four times per second.
   */
  view(keys: string[] | null): void;
  /**
   * Changes the given options and keeps the rest (`undefined` removes one); the place stays. A channel with state sends
   * a new snapshot. A refused change goes to `onError` and leaves everything as it was. Asks again if the state is
   * `denied`. No effect once the subscription has ended. May be called as often as an input changes: the newest is
   * sent, at most four times per second.
   */
  update(changes: { [name in keyof (Selection & Travel)]?: (Selection & Travel)[name] | undefined }): void;
  /** No handler is called any more, and the channel may be subscribed to again at once. May be repeated. */
  unsubscribe(): void;
}

export interface BridgeOptions {
  /**
   * Returns a credential, or none (null, undefined, ''). A string is the same as a function that returns it. Called if
   * the server requires or allows a login, after 80 % of the time until an accepted one expires, and before the
   * reconnect after a close with 4401 or 4408. Return one that is valid for longer than the last. Without one,
   * subscriptions are `denied` if the server requires it, else anonymous.
   *
   * If it throws, rejects or takes longer than a minute, `onError` gets `token` and it is called again later: while
   * connected after 5 s, 10 s, 20 s and so on. A refused credential makes the state `blind`, code 4401, until one is
   * accepted; this is called with growing pauses. So return null if the user must act, or always the same promise.
   *
   * It is sent over the connection unchanged: with `ws:`, anyone on the network can read it. Browsers allow `ws:` only
   * to pages that came over `http:`, which anyone on the network could change as well.
   */
  token?: string | (() => string | null | undefined | Promise<string | null | undefined>);
  /**
   * Reports to the server when the page is hidden; it then sends no events. On return it sends everything that was
   * missed; for channels with state, the newest event of each key. Default: true if there is a `document`. Switch it
   * off if a hidden page still has work to do, such as an alarm.
   */
  reportVisibility?: boolean;
  /**
   * `latest`: on return the newest missed event of each key is enough, on channels without state too. Default:
   * everything. No effect if the server does not offer it.
   */
  onReturn?: 'latest';
  /** Ms after which a publish fails, whatever happened. Default: 60000. */
  publishTimeout?: number;
  /** How many publishes may wait for their end; the next fails with `busy`. Default: 100. */
  publishQueue?: number;
  /** The worst state of all subscriptions, in the order denied, blind, stale, lagging, live. */
  onState?(state: State, detail: StateDetail): void;
  /** Called for errors without a subscription, and of subscriptions without an `onError`. Default: `console.error`. */
  onError?(error: BridgeError): void;
  /** For tests, and for Node before 22: a replacement of `globalThis`. */
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
  /** The target of `online`, `offline`, `visibilitychange`, `pageshow`, `focus` and `resume`. */
  addEventListener?(type: string, listener: (event: any) => void, capture: boolean): void;
  removeEventListener?(type: string, listener: (event: any) => void, capture: boolean): void;
  /** Its `hidden` says whether the page is hidden; a relative URL is relative to its `baseURI`. */
  document?: { readonly hidden: boolean; readonly baseURI?: string };
  /** The base of a relative URL if there is no `document`. */
  location?: { href: string };
}

/** What a response says about channels. */
export interface Stamped {
  /**
   * Subscribes at the position before the response was made: the handlers get every event that it may lack, and no
   * snapshot of what it had. Some of the events may be in it already. If the server cannot continue there, the handlers
   * get `onReset`, a snapshot or a gap, as after any resume.
   *
   * @throws Error with the code `no_position` if the response says nothing of that channel
   * @throws Error as {@link LaundryBridge.subscribe} does
   */
  subscribe<V = unknown>(channel: string, handlers: SubscribeOptions<V>, options?: SubscribeOptions<V>): Subscription;
  /** The position of the channel before the response was made, or null. */
  position(channel: string): string | null;
  /** The places of what was written to the channel for this response, for {@link Subscription.caughtUp}; or null. */
  wrote(channel: string): string | null;
}

/**
 * One WebSocket, opened with the first subscription and shared by all.
 *
 * If the page did not close the connection, the client reconnects, whatever the close code, and every subscription
 * resumes at its position. It waits for a random delay of at most 0.5 s, doubling up to 20 s. It does not wait when the
 * browser is online again or the page is shown. A connection that held for 10 s clears earlier failures, and the delay
 * is then at most a sixtieth of its life. It also reconnects after a silence of 1.5 heartbeats and 2 s. After 4429 it
 * waits at least 10 s, then 20 s, up to 60 s. It closes with 4400 if the server violates the protocol, and tries again
 * three times. Final are only 4400, 4403, 4410 and 4426 from the server, and a required login without a credential.
 * After 1009 only the request that was too long is dropped.
 */
export class LaundryBridge {
  /**
   * @param url `ws:`, `wss:`, `http:` or `https:`, or relative to the page (its `<base href>`) or to the worker's
   *     file; in a worker made from a blob it must be absolute
   * @throws TypeError if it is not a URL
   */
  constructor(url: string | URL, options?: BridgeOptions);

  /** The worst state of all subscriptions; `blind` while there is none. */
  readonly state: State;

  /**
   * Subscribes to a channel. No handler is called before this returns.
   *
   * @throws Error if the bridge is closed, or already has a subscription to that channel. There is at most one:
   *     change it with {@link Subscription.update}, or use a second bridge
   */
  subscribe<V = unknown>(channel: string, options?: SubscribeOptions<V>): Subscription;

  /** Returns a channel to publish to, with or without a subscription. */
  channel(name: string): Channel;

  /**
   * Reads what a response of the server says about channels: `Laundry-Bridge-At` and `Laundry-Bridge-Wrote`.
   *
   * @param response a `Response`, its `Headers`, an object with lower-case names, or the headers as text
   */
  from(response: unknown): Stamped;

  /** Ends the connection and all subscriptions for good: `blind`, reason `closed` (`denied` stays `denied`). */
  close(): void;
}
