// Sentry's user feedback: its dialog, opened at once. It asks no score; what can be answered first is its message.

import { feedbackIntegration, getFeedback, init } from "@sentry/browser";

init({ dsn: "https://key@sentry.example/1", defaultIntegrations: false, integrations: [feedbackIntegration({ autoInject: false, enableScreenshot: false, showBranding: false })], transport: () => ({ send: async () => ({}), flush: async () => true }) });
getFeedback()
  .createForm()
  .then((form) => {
    form.appendToDom();
    form.open();
  });
