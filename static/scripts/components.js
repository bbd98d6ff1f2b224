// Starts the parts of GOV.UK Frontend and MOJ Frontend that our components use, and no others.

import { Alert, DatePicker, FilterToggleButton } from "@ministryofjustice/frontend";
import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";

const STARTED_BY_ATTRIBUTE = [
  Alert,
  Button,
  Checkboxes,
  DatePicker,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
];

/** Start everything inside `scope`; again after a part of the page was swapped. */
export function components(scope = document) {
  for (const Component of STARTED_BY_ATTRIBUTE) createAll(Component, undefined, scope);
  for (const filter of scope.querySelectorAll("[data-filter]")) startFilter(filter);
}

// MOJ's own start leaves the filter out.
function startFilter(filter) {
  const toggle = document.getElementById(filter.dataset.filter);
  if (!toggle || toggle.childElementCount) return;
  new FilterToggleButton(filter, {
    bigModeMediaQuery: "(min-width: 48.0625em)",
    startHidden: false,
    toggleButton: { showText: "Show filter", hideText: "Hide filter", classes: "govuk-button--secondary" },
    toggleButtonContainer: { element: toggle },
    closeButtonContainer: { element: filter.querySelector(".moj-filter__header-action") },
  });
}
