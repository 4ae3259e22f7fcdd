// SurveyJS: one NPS question, rendered into the page, as its own documentation does it.

import "survey-core/survey-core.min.css";
import { Model } from "survey-core";
import { renderSurvey } from "survey-js-ui";

const model = new Model({
  elements: [
    { type: "rating", name: "nps", title: "How likely are you to recommend us?", rateMin: 0, rateMax: 10, minRateDescription: "Not likely", maxRateDescription: "Very likely" },
    { type: "comment", name: "why", title: "What could be better?", visibleIf: "{nps} < 7" },
  ],
});
model.onComplete.add(({ data }) => navigator.sendBeacon("/rival", JSON.stringify(data)));
renderSurvey(model, document.getElementById("rival"));
