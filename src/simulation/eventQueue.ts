/** Events in the order of their times; those of one time in the order in which they were added. */
export interface EventQueue<Event> {
  add(time: number, event: Event): void;
  /** Infinity when there is none. */
  nextTime(): number;
  /** Takes the next one out; undefined when there is none. */
  take(): Event | undefined;
  /** Takes everything out. */
  clear(): void;
}

interface Entry<Event> {
  readonly time: number;
  readonly order: number;
  readonly event: Event;
}

/** A binary heap. */
export function createEventQueue<Event>(): EventQueue<Event> {
  const heap: Entry<Event>[] = [];
  let added = 0;

  const earlier = (left: Entry<Event>, right: Entry<Event>) =>
    left.time < right.time || (left.time === right.time && left.order < right.order);

  const rise = (entry: Entry<Event>) => {
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as Entry<Event>;
      if (!earlier(entry, parent)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = entry;
  };

  const sink = (entry: Entry<Event>) => {
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      const left = heap[childIndex];
      if (!left) break;
      const right = heap[childIndex + 1];
      let child = left;
      if (right && earlier(right, left)) {
        child = right;
        childIndex++;
      }
      if (!earlier(child, entry)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = entry;
  };

  return {
    add: (time, event) => rise({ time, order: added++, event }),
    nextTime: () => heap[0]?.time ?? Number.POSITIVE_INFINITY,
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (last && last !== first) sink(last);
      return first?.event;
    },
    clear: () => {
      heap.length = 0;
    },
  };
}
