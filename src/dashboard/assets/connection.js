/** Asks the server for what the page shows, and is told whenever that changes. */

const RETRY_MS = 2000;

/** @param onView is given each answer; @param onState `live`, or `lost` while nobody answers */
export function createConnection(onView, onState) {
  let events;
  let address = "";
  let retry;

  function open() {
    clearTimeout(retry);
    events?.close();
    const opened = new EventSource(address);
    events = opened;
    opened.onmessage = ({ data }) => {
      // A late answer to what was asked before is none to what is asked now.
      if (opened === events) onView(JSON.parse(data));
    };
    opened.onopen = () => onState("live");
    opened.onerror = () => {
      if (opened !== events) return;
      onState("lost");
      // The browser tries again by itself, except where it was refused.
      if (opened.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    };
  }

  return {
    ask({ groups, find, only, width }) {
      const asked = new URLSearchParams({ find, only, width: String(width) });
      for (const id of groups) asked.append("open", id);
      const next = `/_dashboard/events?${asked}`;
      if (next === address) return;
      address = next;
      open();
    },
  };
}
