// The stream of states from the node. When it breaks it is opened again, after longer and longer waits; while nobody
// looks at the page it is closed.

const silence = 6000; // ms without a word before a stream counts as broken; the node speaks each second
const longest = 15000;
const unseen = 60000; // a hidden page keeps its stream for so long

// connect calls state and history with what comes, and link({live, since}) when that begins and ends. signedOut is
// called when the node wants a login first.
export function connect({ state, history, link, signedOut }) {
  let stream = null;
  let wait = 500;
  let retry = 0;
  let watchdog = 0;
  let hide = 0;

  function open() {
    clearTimeout(retry);
    stream?.close();
    stream = new EventSource("events");
    stream.addEventListener("state", (e) => heard(state, e));
    stream.addEventListener("history", (e) => heard(history, e));
    stream.addEventListener("error", () => broken());
    watch();
  }

  function heard(to, e) {
    let data;
    try {
      data = JSON.parse(e.data);
    } catch {
      return; // half a message: the next one is whole
    }
    wait = 500;
    watch();
    if (to === state) link({ live: true }); // a history alone says nothing of now
    to(data);
  }

  function watch() {
    clearTimeout(watchdog);
    watchdog = setTimeout(broken, silence);
  }

  async function broken() {
    clearTimeout(watchdog);
    clearTimeout(retry);
    stream?.close();
    stream = null;
    link({ live: false });
    const next = wait;
    wait = Math.min(longest, wait * 2);
    if (await needsLogin()) {
      signedOut();
      return;
    }
    if (stream === null && !document.hidden) retry = setTimeout(open, next);
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hide);
    if (document.hidden) {
      hide = setTimeout(() => {
        clearTimeout(watchdog);
        stream?.close();
        stream = null;
      }, unseen);
    } else if (stream === null) {
      wait = 500;
      open();
    }
  });
  window.addEventListener("online", open);
  open();
}

async function needsLogin() {
  try {
    const answer = await fetch("state", { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(5000) });
    return answer.status === 401 || (answer.redirected && answer.url.includes("/login"));
  } catch {
    return false; // the node is away
  }
}
