// PostHog: its library with surveys, one NPS pop-up; its server's answers are beside it on the same host.

import { SurveysExtensions } from "posthog-js/dist/extension-bundles";
import posthog from "posthog-js/dist/module.slim.no-external";
import "posthog-js/dist/surveys";

posthog.init("phc_rival", {
  api_host: `${location.origin}/posthog`,
  autocapture: false,
  capture_pageview: false,
  disable_session_recording: true,
  advanced_disable_feature_flags: true,
  persistence: "memory",
  opt_out_useragent_filter: true,
  __extensionClasses: SurveysExtensions,
});
