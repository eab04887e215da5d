// A Chromium to ask.
import { chromium } from "playwright-core";

/** withPage calls use with an empty page of Chromium, in which widths are whole as designed and not hinted. */
export async function withPage(use) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update",
      "--disable-sync", "--font-render-hinting=none",
    ],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.setContent(`<!doctype html><meta charset="utf-8"><style>
      body { margin: 0; background: #fff; color: #000 }
      div { overflow: visible }
    </style>`);
    return await use(page, browser.version());
  } finally {
    await browser.close();
  }
}
