// Reads the inbox in headless Chromium: node inbox.mjs ENDPOINT [SCREENSHOTS]. Prints what it saw as JSON.
// Whatever the browser asks for beside the inbox itself is listed; nothing may be.
import { chromium } from 'playwright-core';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [endpoint, screenshots] = process.argv.slice(2);
const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'inbox-')), {
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  headless: true,
  viewport: { width: 960, height: 560 },
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync']
});
const seen = { requests: [], blocked: 0, problems: [], dialogs: 0, popups: 0, hostile: [] };
const isOurs = url => url.startsWith(endpoint + '/') || url.startsWith('data:') || url === 'about:blank';
// The browser announces a request before it asks the policy; only one that the policy stopped has not left.
context.on('request', request => { if (!isOurs(request.url())) seen.requests.push(request.url()); });
context.on('requestfailed', request => {
  if (!isOurs(request.url()) && /^(csp|origin)$/.test(request.failure().errorText)) {
    seen.requests.splice(seen.requests.indexOf(request.url()), 1);
    seen.blocked++;
  }
});
const page = context.pages()[0] || await context.newPage();
context.on('page', () => { seen.popups++; });
page.on('dialog', async dialog => { seen.dialogs++; await dialog.dismiss(); });
page.on('pageerror', error => seen.problems.push(String(error)));

const ask = async (path, body) => (await fetch(endpoint + path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })).json();
const send = (subject, simple) => ask('/v2/email/outbound-emails', {
  FromEmailAddress: 'Quill <news@quill.example>', Destination: { ToAddresses: ['jane@example.com'] },
  Content: { Simple: { Subject: { Data: subject }, ...simple } }
});

const { messages } = await ask('/inbox/messages');
const hostile = messages.filter(message => message.subject.startsWith('hostile'));
const letter = messages.find(message => message.subject.startsWith('Your order'));

// list, HTML, inline image, attachment
await page.goto(endpoint + '/');
await page.locator('#live.on').waitFor();
seen.listed = await page.locator('#messages li').count();
await page.locator('#messages').focus();
await page.keyboard.press('ArrowDown');
seen.chosenByKey = await page.locator('#messages li[aria-selected=true]').count();
await page.locator(`[id="message-${letter.id}"]`).click();
const frame = page.frameLocator('#panel iframe');
await frame.locator('img').waitFor();
seen.html = await frame.locator('h1').innerText();
seen.inlineImage = await frame.locator('img').evaluate(image => image.naturalWidth);
if (screenshots) {
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(screenshots, 'inbox-light.png') });
}
await page.locator('#tab-attachments').click();
const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#panel a').last().click()]);
seen.attachment = { name: download.suggestedFilename(), size: (await (await download.createReadStream()).toArray()).reduce((sum, chunk) => sum + chunk.length, 0) };

// live update
await page.locator('#search').fill('');
await send('Came while you looked', { Body: { Text: { Data: 'Live.' } } });
await page.locator('#messages .subject', { hasText: 'Came while you looked' }).waitFor();
seen.live = await page.locator('#messages li').count();

// search
await page.locator('#search').fill('order');
await page.waitForFunction(() => document.querySelectorAll('#messages li').length === 1);
seen.found = await page.locator('#messages .subject').allInnerTexts();
await page.locator('#search').fill('');
await page.waitForFunction(() => document.querySelectorAll('#messages li').length > 1);

// bounce
await page.locator(`[id="message-${letter.id}"]`).click();
await page.locator('#bounce').click();
await page.locator(`[id="message-${letter.id}"] .chip.bad`, { hasText: 'Bounce' }).waitFor();
await page.locator('#tab-notifications').click();
await page.locator('#panel summary .chip', { hasText: 'Bounce' }).waitFor();
seen.notifications = await page.locator('#panel summary .chip').allInnerTexts();
await page.locator('#view-account').click();
seen.suppressed = await page.locator('#account table').last().innerText();

// dark mode
await page.locator('#view-inbox').click();
const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
seen.light = await ground();
await page.emulateMedia({ colorScheme: 'dark' });
seen.dark = await ground();
if (screenshots) {
  await page.locator(`[id="message-${letter.id}"]`).click();
  await page.locator('#tab-notifications').click();
  await page.locator('#panel details').last().locator('summary').click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(screenshots, 'inbox-dark.png') });
}
await page.emulateMedia({ colorScheme: 'light' });

// hostile mail: in the inbox, all of its tabs, and the HTML alone in a tab of its own
for (const message of hostile) {
  await page.goto(endpoint + '/');
  await page.locator(`[id="message-${message.id}"]`).click();
  await page.locator('#panel iframe').waitFor();
  await page.waitForTimeout(250);
  for (const tab of await page.locator('[role=tab]').all()) await tab.click();
  const alone = await context.newPage();
  seen.popups--;
  alone.on('dialog', async dialog => { seen.dialogs++; await dialog.dismiss(); });
  await alone.goto(endpoint + '/inbox/messages/' + message.id + '/html');
  await alone.waitForTimeout(250);
  seen.hostile.push({ subject: message.subject, inInbox: await page.title(), alone: alone.url() });
  await alone.close();
}

await context.close();
console.log(JSON.stringify(seen));
