/** A form field: its name and its value, as the form has them. */
export type Field = [name: string, value: string];

/** Which widget an event is about. */
export interface About {
  widget: string;
  version: number;
  /** The alternative shown, where the widget has some. */
  variant?: string;
}

/** The detail of each event. On elements the events are called `rapport:seen`, …; they bubble and cross shadow roots. */
export interface Events {
  /** Half of it was in view for half a second. */
  seen: About;
  /** The first deliberate action of any kind. */
  started: About;
  /** What was answered so far is on its way; again whenever there is more of it. */
  answered: About & { id: string; answers: Field[] };
  /** All of it is safe at the Worker. */
  completed: About & { id: string; answers: Field[] };
  /** Closed without completing. */
  dismissed: About;
  /** An answer was refused for good (with a widget), or the module failed and forms go on without it. */
  error: Partial<About> & { reason: string };
}

/** One gate of a widget's targeting. */
export interface Gate {
  /** As in the widget's JSON, such as `pages`; `cooldown` and `per_visit` are the site's. */
  code: string;
  outcome: "pass" | "wait" | "fail";
  /** What decided: the path, the device, `3/10` seconds, … */
  value: string;
}

/** Why a widget is shown or not. */
export interface Explanation {
  widget: string;
  /** Whether it is on the screen. */
  up: boolean;
  outcome: "pass" | "wait" | "fail";
  gates: Gate[];
}

/** Names are of the form `[a-z][a-z0-9_]{0,31}`; values have at most 100 characters. Others are left out. */
export type Properties = Record<string, string | number | boolean>;

/** `window.rapport`. */
export interface Rapport {
  /** Reports something that targeting may wait for. */
  track(event: string, properties?: Properties): Promise<void>;
  /** Tells what is known of the visitor; adds to what was told before. */
  traits(traits: Properties): Promise<void>;
  /** Brings a widget up, or opens its tab, whatever its targeting says. */
  show(widget: string): Promise<void>;
  /** Takes one widget, or all that float, off the screen. */
  hide(widget?: string): Promise<void>;
  /** What every gate says to a widget; nothing where there is no such widget. */
  explain(widget: string): Promise<Explanation | null>;
  /** `false`: keep nothing on the device, count no views, bring no replies. Answers that are sent are sent. */
  consent(given: boolean): Promise<void>;
  /** Calls `listener` at each such event; returns what stops that. */
  on<Name extends keyof Events>(event: Name, listener: (detail: Events[Name]) => void): () => void;
  /** Takes everything off the page. */
  destroy(): void;
}

export interface Options {
  /** The language of the texts, where the site's own and the page's are not the ones. */
  lang?: string;
  /** For pages whose policy asks for one. */
  nonce?: string;
}

/** Loads a site's widgets from its Worker, once. */
export function load(origin: string, site: string, options?: Options): Promise<Rapport>;

declare global {
  interface Window {
    /** Before the script is there: `window.rapport = window.rapport || { q: [] }; rapport.q.push(["track", "order"])`. */
    rapport?: Rapport & { q: { push(...calls: [string, ...unknown[]][]): void } };
  }
  interface DocumentEventMap {
    "rapport:seen": CustomEvent<Events["seen"]>;
    "rapport:started": CustomEvent<Events["started"]>;
    "rapport:answered": CustomEvent<Events["answered"]>;
    "rapport:completed": CustomEvent<Events["completed"]>;
    "rapport:dismissed": CustomEvent<Events["dismissed"]>;
    "rapport:error": CustomEvent<Events["error"]>;
  }
}
