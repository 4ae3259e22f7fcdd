// What the parts of the service share: types, bounds (those of core/src/limits.rs) and small functions of them.

export const LIMITS = {
  body: 32 * 1024, fields: 200, text: 5_000, page: 1_000, traits: 20, trait: 100, views: 20,
  oldest: 7 * 86_400_000, ahead: 3_600_000,
};

export type Field = [string, string];

export interface Question {
  name: string;
  title: string;
  required?: boolean;
  // Asked only if the scale before it was answered between these points.
  asked?: { of: string; from: number; to: number };
  input: { type: "scale"; min: number; max: number } | { type: "text" };
}

export interface Widget { name: string; label: string; version: number; questions: Question[] }

export interface Config {
  id: string; name: string; origins: string[]; locale: string; revision: number; widgets: Widget[];
}

export type Moment = "seen" | "started" | "dismissed";
export const MOMENTS: readonly Moment[] = ["seen", "started", "dismissed"];

export interface View { widget: string; version: number; moments: Moment[] }

export interface Stored {
  v: 1; id: string; site: string; widget: string; version: number; revision: number; complete: boolean;
  answers: Field[]; keys: string[]; active_ms: number; page: string; locale: string; device: string;
  country: string; visitor: string; traits: Field[]; doubts: string[]; group: string; received: number;
}

export type Usage = Record<string, number>;
export interface Delivery { response: Stored | null; views: View[]; address: string; agent: string; usage?: Usage }
export interface Receipt { id: string; revision: number; duplicate: boolean }

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

// The moment in a UUIDv7, or nothing.
export function moment(id: string): number | null {
  return ID.test(id) ? parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}

export const DAY = 86_400_000;
export const day = (ms: number): number => Math.floor(ms / DAY);
export const dayText = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10);

// Buckets of durations: exact to a tenth of a second below 1.6 s, then eight to each doubling.
export function bucket(ms: number): number {
  const tenths = Math.min(Math.floor(ms / 100), 864_000);
  const exponent = Math.max((tenths > 0 ? 31 - Math.clz32(tenths) : 0) - 3, 0);
  return 8 * exponent + (tenths >> exponent);
}

export interface Env {
  KV: KV;
  SITE: Namespace;
  OWNER_KEY_SHA256: string;
  RATE_VISITOR: { limit(of: { key: string }): Promise<{ success: boolean }> };
  RATE_SITE: { limit(of: { key: string }): Promise<{ success: boolean }> };
}

// As much of the runtime's types as is used.
export interface KV {
  get(key: string, options: { type: "json"; cacheTtl: number }): Promise<Config | null>;
  put(key: string, value: string, options?: { metadata: unknown }): Promise<void>;
}
export interface Namespace { getByName(name: string): Stub }
export interface Stub {
  ingest(delivery: Delivery): Promise<Receipt | null>;
  refused(reason: string): Promise<void>;
  config(): Promise<Config | null>;
  configure(config: Omit<Config, "revision">): Promise<number>;
  report(from: number, to: number): Promise<Report>;
  status(): Promise<{ pending: number; rows_written: number }>;
  signIn(token: string): Promise<void>;
  session(token: string): Promise<boolean>;
}

export interface Count { day: number; widget: string; version: number; keys: Record<string, number> }
export interface Report {
  config: Config | null; counts: Count[]; tally: Record<string, number>; latest: Stored[];
  days: { day: number; visitors: number }[]; distinct: [number, number, number]; pending: number; parked: number;
}
