// A second press on a submit button while the first is on its way does nothing. The server holds
// of itself that one form acts once; this only saves people a puzzling second answer.

const WAIT_MS = 8000;

export function submitOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.onItsWay) {
      event.preventDefault();
      return;
    }
    form.dataset.onItsWay = "yes";
    setTimeout(() => delete form.dataset.onItsWay, WAIT_MS);
  });
  // Coming back with the browser's Back button: the page is as it was, the form is free again.
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.onItsWay;
  });
}
