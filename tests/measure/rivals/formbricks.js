// Formbricks: its survey package with one NPS question, inline.

import { renderSurveyInline } from "@formbricks/surveys";

renderSurveyInline({
  containerId: "rival",
  mode: "inline",
  survey: {
    id: "cm000000000000000000000000",
    name: "NPS",
    type: "link",
    environmentId: "cm000000000000000000000001",
    status: "inProgress",
    welcomeCard: { enabled: false },
    questions: [
      { id: "nps", type: "nps", headline: "How likely are you to recommend us?", required: true, lowerLabel: "Not likely", upperLabel: "Very likely", buttonLabel: "Next", logic: [] },
    ],
    endings: [],
    hiddenFields: { enabled: false, fieldIds: [] },
    thankYouCard: { enabled: false },
    variables: [],
    languages: [],
    triggers: [],
    styling: null,
    showLanguageSwitch: false,
  },
  brandColor: "#2b3a8c",
  styling: {},
  responseCount: 0,
  isBrandingEnabled: false,
  languageCode: "default",
  onResponse: () => {},
  onDisplay: () => {},
});
