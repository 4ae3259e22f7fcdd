// Lighthouse on one page after the other, all of them in one Chromium: `[address, categories]` a line, answered by what it found, as
// a line.
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"];
const chrome = await launch({ chromePath: "/usr/bin/chromium", chromeFlags: flags });
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const [address, onlyCategories] = JSON.parse(line);
    // Nothing is left of the page before: Lighthouse empties storage and caches first.
    const options = { port: chrome.port, onlyCategories, disableFullPageScreenshot: true, logLevel: "silent" };
    const { categories, audits } = (await lighthouse(address, options)).lhr;
    console.log(JSON.stringify({ categories, audits }));
  }
} finally {
  await chrome.kill();
}
