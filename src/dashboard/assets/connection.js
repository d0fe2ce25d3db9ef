/**
 * Asks the server for what the page shows, and is told whenever that changes. The token of the dashboard is in the fragment of
 * the address. It is kept for this tab, as a link within the page replaces the fragment.
 */

const RETRY_MS = 2000;

function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) sessionStorage.setItem("token", token);
  return token ?? sessionStorage.getItem("token") ?? "";
}

/** @param onView is given each answer; @param onState `live`, `lost` while nobody answers, or `refused` and why */
export function createConnection(onView, onState) {
  let events;
  let address = "";
  let retry;
  const token = takeToken();

  // The address of another run, opened in the same tab.
  addEventListener("hashchange", () => {
    const next = takeToken();
    if (next !== token) location.reload();
  });

  /** The browser does not tell a page why events were refused. */
  async function explain() {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.status !== 403) return void answer?.body?.cancel();
    clearTimeout(retry);
    onState("refused", await answer.text());
  }

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
      if (opened.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(open, RETRY_MS);
      explain();
    };
  }

  return {
    ask({ groups, find, only, width }) {
      const asked = new URLSearchParams({ token, find, only, width: String(width) });
      for (const id of groups) asked.append("open", id);
      const next = `/_dashboard/events?${asked}`;
      if (next === address) return;
      address = next;
      open();
    },
  };
}
