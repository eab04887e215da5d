// Questions and orders to the node. A refusal is thrown as an Error whose message is the node's own sentence.

const patience = 15000; // ms

export class SignedOut extends Error {
  constructor() {
    super("You are signed out. Sign in again; nothing was changed.");
  }
}

// ask gets JSON, within so many milliseconds.
export const ask = (path, parameters, within = patience) => send(`${path}?${new URLSearchParams(parameters)}`, { method: "GET" }, within);

// order sends JSON to one of limits, pause, resume, drain and undrain.
export function order(path, body) {
  return send(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

async function send(path, options, within = patience) {
  let answer;
  try {
    answer = await fetch(path, { ...options, signal: AbortSignal.timeout(within) });
  } catch {
    throw new Error("The node did not answer. What was asked may have been done: look at the audit list.");
  }
  if (answer.status === 401 || (answer.redirected && answer.url.includes("/login"))) throw new SignedOut();
  let body = null;
  try {
    body = await answer.json();
  } catch {
    // told below
  }
  if (!answer.ok) throw new Error(body?.detail || body?.title || `The node answered ${answer.status}.`);
  if (body === null) throw new Error("The node’s answer is not JSON.");
  return body;
}
