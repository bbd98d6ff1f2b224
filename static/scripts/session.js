// A session that ends loses nothing. Ten minutes before it can end, the page says so:
// <section id="session-warning" data-ends="ISO time" hidden>.

const WARN_MS = 10 * 60 * 1000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function session() {
  addEventListener("focus", freshTokens);
  const warning = document.getElementById("session-warning");
  if (!warning) return;
  const wait = Date.parse(warning.dataset.ends) - Date.now() - WARN_MS;
  if (wait < LONGEST_TIMER_MS) setTimeout(() => (warning.hidden = false), Math.max(wait, 0));
}

// Signing in again in another tab makes a new token against forged forms: this tab's forms take it,
// so that what was typed here can still be sent.
function freshTokens() {
  const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1];
  if (!token) return;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
}

/** Whether an answer is the sign-in page instead of what was asked for. */
export function signedOut(xhr) {
  return xhr.status === 401 || new URL(xhr.responseURL || location.href).pathname.startsWith("/sign-in");
}
