// Ten minutes before a session can end, says so: <section id="session-warning" data-ends="ISO time" hidden>.

const WARN_MS = 10 * 60 * 1000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function session() {
  const warning = document.getElementById("session-warning");
  if (!warning) return;
  const wait = Date.parse(warning.dataset.ends) - Date.now() - WARN_MS;
  if (wait < LONGEST_TIMER_MS) setTimeout(() => (warning.hidden = false), Math.max(wait, 0));
}

/** Whether an answer is the sign-in page instead of what was asked for. */
export function signedOut(xhr) {
  return xhr.status === 401 || new URL(xhr.responseURL || location.href).pathname.startsWith("/sign-in");
}
