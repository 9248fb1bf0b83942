/*
 * The whole path in a real browser: set up, invite, upload a PDF, ask, open the citation at its passage;
 * then a second person without permission, who must get nothing from it.
 *
 * Run by BrowserJourneyTests. Environment: BASE, SETUP_TOKEN, PDF, PDF_TITLE, QUESTION, EXPECTED (a phrase of
 * the passage), CHROMIUM, SCREENSHOTS (a folder). Prints one line a step; exits 1 at the first that fails.
 */
import { readFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromium } from 'playwright-core';

const { BASE, SETUP_TOKEN, PDF, PDF_TITLE, QUESTION, EXPECTED, CHROMIUM, SCREENSHOTS } = process.env;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const password = 'correct horse battery staple';
const faults = [];

function check(condition, message) {
  if (!condition) throw new Error(message);
}

async function step(name, work) {
  const started = Date.now();
  try {
    const result = await work();
    console.log(`ok ${name} (${Date.now() - started} ms)`);
    return result;
  } catch (error) {
    console.log(`FAILED ${name}: ${error.message}`);
    await current?.screenshot({ path: join(SCREENSHOTS, 'failure.png') }).catch(() => undefined);
    throw error;
  }
}

let current;

/** A new person's browser: nothing of it may go to another host, fail, or log an error. */
async function person(browser, locale = 'en-GB') {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('request', (request) => {
    if (!request.url().startsWith(BASE) && !/^(data|blob):/.test(request.url())) faults.push(`request to ${request.url()}`);
  });
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // the browser logs every 4xx answer; those are asked for below
    if (message.type() === 'error' && !/status of (401|404)/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  current = page;
  return page;
}

async function shot(page, name) {
  await page.waitForTimeout(250); // transitions
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

async function accessible(page, name) {
  await page.waitForTimeout(250);
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }));
  const serious = result.violations.filter((each) => ['serious', 'critical'].includes(each.impact));
  check(serious.length === 0, `${name}: ${serious.map((each) => `${each.id} at ${each.nodes[0].target}`).join('; ')}`);
}

/** Calls the API with the page's own session, as its scripts do. */
function api(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const token = decodeURIComponent((/XSRF-TOKEN=([^;]+)/.exec(document.cookie) ?? [])[1] ?? '');
      const headers = { 'X-XSRF-TOKEN': token, Accept: 'application/json, text/markdown' };
      if (body !== undefined) headers['Content-Type'] = 'application/json';
      const response = await fetch(`/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
      return { status: response.status, text: await response.text() };
    },
    [method, path, body],
  );
}

async function upload(page, collection, file) {
  await page.getByRole('link', { name: 'Documents', exact: true }).first().click();
  await page.getByRole('button', { name: /New collection|Create the first collection/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(collection);
  await dialog.getByRole('button', { name: 'Create collection' }).click();
  await page.getByRole('heading', { name: collection }).waitFor();
  await page.getByLabel('Choose files to upload').first().setInputFiles(file);
}

/** Drags files and folders of this machine over the page, lets the caller look, and drops them. */
async function drop(page, paths, whileOver) {
  const devtools = await page.context().newCDPSession(page);
  const drag = (type) =>
    devtools.send('Input.dispatchDragEvent', {
      type,
      x: 640,
      y: 430,
      data: { items: [], files: paths, dragOperationsMask: 1 },
    });
  await drag('dragEnter');
  await drag('dragOver');
  await whileOver();
  await drag('drop');
}

/** A folder with two files of the same name, and a file that is large and holds no text. */
function thingsToDrop() {
  const folder = mkdtempSync(join(tmpdir(), 'witan-journey-'));
  mkdirSync(join(folder, 'handbook', 'leave'), { recursive: true });
  writeFileSync(join(folder, 'handbook', 'index.md'), '# Handbook\n\nThe office is open from eight to six.\n');
  writeFileSync(join(folder, 'handbook', 'leave', 'index.md'), '# Leave\n\nTell your manager before you leave.\n');
  const archive = Buffer.alloc(8 << 20, 7);
  Buffer.from('377abcaf271c', 'hex').copy(archive);
  writeFileSync(join(folder, 'archive.7z'), archive);
  return folder;
}

async function ask(page, question) {
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  await page.getByRole('button', { name: 'Send' }).click();
}

async function journey(browser) {
  const admin = await person(browser);
  await step('the set-up link makes the first administrator', async () => {
    await admin.goto(`${BASE}/setup#${SETUP_TOKEN}`);
    await admin.getByLabel('Name', { exact: true }).fill('Ada Admin');
    await admin.getByLabel('E-mail address').fill('ada@example.com');
    await accessible(admin, 'set-up');
    await shot(admin, 'setup');
    await admin.getByLabel('Password', { exact: true }).fill(password);
    await admin.getByRole('button', { name: 'Create account' }).click();
    await admin.waitForURL('**/chat');
  });

  await step('a real PDF is uploaded and becomes ready', async () => {
    await upload(admin, 'Travel policies', PDF);
    await admin.getByRole('row', { name: new RegExp(PDF_TITLE, 'i') }).getByText('Ready').waitFor({ timeout: 120_000 });
    await accessible(admin, 'documents');
    await shot(admin, 'documents');
  });

  await step('a folder and a large file are dropped, with progress, speed and time left', async () => {
    const folder = thingsToDrop();
    const dock = admin.getByRole('region', { name: 'Uploads' });
    const devtools = await admin.context().newCDPSession(admin);
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 1 << 20,
    });
    try {
      await drop(admin, [join(folder, 'handbook'), join(folder, 'archive.7z')], async () => {
        await admin.getByText('Drop to upload to Travel policies').waitFor();
        await shot(admin, 'dropping');
      });
      const archive = dock.getByRole('listitem').filter({ hasText: 'archive.7z' });
      await archive.getByText(/MB, .+ per second, .+ left/).waitFor();
      const sent = Number(await archive.getByRole('progressbar').getAttribute('aria-valuenow'));
      check(sent > 0 && sent < 100, `the progress of a file on its way is ${sent}`);
      await shot(admin, 'uploading');
      // a type that Witan does not read: refused by itself
      await archive.getByText(/Format not supported/).waitFor({ timeout: 60_000 });
    } finally {
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: -1,
      });
      rmSync(folder, { recursive: true });
    }
    for (const name of ['handbook/index.md', 'handbook/leave/index.md']) {
      await dock.getByRole('link', { name }).waitFor();
      await admin.getByRole('row').filter({ hasText: name }).getByText('Ready').waitFor({ timeout: 120_000 });
    }
  });

  await step('what is deleted is named first', async () => {
    for (const name of ['handbook/index.md', 'handbook/leave/index.md']) {
      await admin.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check();
    }
    await admin.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = admin.getByRole('dialog', { name: 'Delete 2 documents?' });
    check((await dialog.innerText()).includes('all revisions'), 'the dialog does not say what goes');
    await shot(admin, 'deleting');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await admin.getByRole('row').filter({ hasText: 'handbook/' }).first().waitFor({ state: 'detached' });
    await admin.getByRole('button', { name: 'Clear finished uploads' }).click();
  });

  await step('signing out and in again works', async () => {
    await admin.getByRole('button', { name: /^You/ }).first().click();
    await admin.getByRole('menuitem', { name: 'Sign out' }).click();
    await admin.getByRole('button', { name: 'Sign in' }).waitFor();
    await admin.getByLabel('E-mail address').fill('ada@example.com');
    await admin.getByLabel('Password', { exact: true }).fill(password);
    await admin.getByRole('button', { name: 'Sign in' }).click();
    // back where the session ended
    await admin.getByRole('heading', { name: 'Travel policies' }).waitFor();
    await admin.getByRole('link', { name: 'Chat', exact: true }).first().click();
    await admin.getByRole('textbox', { name: 'Question' }).waitFor();
  });

  await step('a question is answered with quotes and citations, streamed', async () => {
    const streamed = admin.waitForResponse((response) => /\/conversations\/[^/]+\/messages$/.test(response.url()));
    await ask(admin, QUESTION);
    const response = await streamed;
    check((response.headers()['content-type'] ?? '').startsWith('text/event-stream'), 'the answer was not streamed');
    await admin.getByText('Quotes from your documents').waitFor({ timeout: 60_000 });
    await admin.getByRole('button', { name: new RegExp(`Source 1: .*${PDF_TITLE}`, 'i') }).first().waitFor();
    check((await admin.getByRole('main').innerText()).includes(EXPECTED), `the answer does not quote “${EXPECTED}”`);
    await accessible(admin, 'chat');
  });

  await step('the citation opens the source at the highlighted passage', async () => {
    await admin.getByRole('button', { name: /^Source 1:/ }).first().click();
    const pages = admin.getByTestId('source-highlight').first();
    await pages.waitFor({ timeout: 60_000 });
    await admin.getByRole('radio', { name: 'Text' }).click();
    const mark = admin.locator('mark[data-testid=source-highlight]');
    await mark.waitFor();
    const quoted = (await mark.innerText()).replace(/\s+/g, ' ').trim();
    check(quoted.length > 10, `the highlight is empty: “${quoted}”`);
    const answer = (await admin.getByRole('main').innerText()).replace(/\s+/g, ' ');
    check(answer.includes(quoted.slice(0, 30)), `the answer does not contain what is highlighted: “${quoted}”`);
    const box = await mark.boundingBox();
    check(box && box.y >= 0 && box.y < 860, 'the highlight is not in view');
    await shot(admin, 'chat-text');
    await admin.getByRole('radio', { name: 'Pages' }).click();
    await admin.getByTestId('source-highlight').first().waitFor();
    await admin.waitForTimeout(1500); // the page is being drawn
    await accessible(admin, 'source');
    await shot(admin, 'chat');
  });

  const secretConversation = new URL(admin.url()).pathname.split('/').pop();
  const documents = JSON.parse((await api(admin, 'GET', '/documents')).text).items;
  const secret = documents.find((each) => each.title.toLowerCase().includes(PDF_TITLE.toLowerCase()));
  check(secret, 'the uploaded document is not listed');

  const link = await step('a second person is invited', async () => {
    await admin.getByRole('link', { name: 'People' }).first().click();
    await admin.getByRole('button', { name: 'Invite a person' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Bo Outsider');
    await dialog.getByLabel('E-mail address').fill('bo@example.com');
    await dialog.getByRole('button', { name: 'Create invitation' }).click();
    const field = admin.getByRole('dialog').getByLabel('Link', { exact: true });
    await field.waitFor();
    return field.inputValue();
  });

  const other = await person(browser);
  await step('the second person signs in by the link', async () => {
    await other.goto(new URL(link, BASE).href);
    await other.getByLabel('New password').fill('another long passphrase here');
    await other.getByRole('button', { name: 'Set password and sign in' }).click();
    await other.waitForURL('**/chat');
  });

  await step('and gets nothing of the document: no answer', async () => {
    await upload(other, 'Mine', { name: 'lunch.md', mimeType: 'text/markdown', buffer: Buffer.from('# Lunch\n\nSoup is served on Mondays at noon in the yard.\n') });
    await other.getByRole('row', { name: /lunch/i }).getByText('Ready').waitFor({ timeout: 60_000 });
    await other.getByRole('link', { name: 'Chat', exact: true }).first().click();
    await ask(other, QUESTION);
    await other.getByText('Not in your documents').waitFor({ timeout: 60_000 });
    await shot(other, 'abstained');
    const seen = await other.getByRole('main').innerText();
    check(!seen.includes(EXPECTED) && !seen.includes('Travel policies'), 'the page shows something of the secret document');
  });

  await step('no title, count, search hit, error or export', async () => {
    const paths = [
      ['GET', '/collections'],
      ['GET', '/document-counts'],
      ['GET', '/documents'],
      ['GET', `/find?query=${encodeURIComponent(PDF_TITLE)}`],
      ['POST', '/search', { query: QUESTION }],
      ['POST', '/ask', { question: QUESTION }],
      ['POST', '/ask', { question: QUESTION, collectionIds: [secret.collectionId] }],
      ['GET', '/conversations'],
      ['GET', '/conversations/suggestions'],
    ];
    for (const [method, path, body] of paths) {
      const { status, text } = await api(other, method, path, body);
      check(!text.includes(EXPECTED) && !text.includes('Travel policies') && !text.includes(secret.id), `${method} ${path} (${status}) tells of the secret document`);
    }
    const missing = '00000000-0000-4000-8000-000000000000';
    for (const path of [
      (id) => `/documents/${id}`,
      (id) => `/documents/${id}/revisions`,
      (id) => `/documents/${id}/revisions/1/original`,
      (id) => `/documents/${id}/passages`,
    ]) {
      const [real, none] = [await api(other, 'GET', path(secret.id)), await api(other, 'GET', path(missing))];
      check(real.status === 404 && none.status === 404, `${path(secret.id)} answers ${real.status}, a missing one ${none.status}`);
      check(JSON.parse(real.text).code === JSON.parse(none.text).code, `${path('…')} tells the two apart`);
    }
    const exported = await api(other, 'GET', `/conversations/${secretConversation}/export`);
    check(exported.status === 404, `the other person's conversation can be exported: ${exported.status}`);
  });

  await step('and the same file is no duplicate for them', async () => {
    await other.getByRole('link', { name: 'Documents', exact: true }).first().click();
    await other.getByText('Mine').first().click();
    const answered = other.waitForResponse((response) => response.request().method() === 'POST' && /\/documents$/.test(response.url()));
    await other.getByLabel('Choose files to upload').first().setInputFiles(PDF);
    const [result] = JSON.parse(await (await answered).text()).results;
    check(result.outcome === 'ACCEPTED' && !result.duplicateOf, `the upload ended as ${result.outcome}`);
    check(result.document.id !== secret.id, 'the secret document itself came back');
  });

  await step('the pages work in Chinese and at phone width', async () => {
    const reader = await person(browser, 'zh-CN');
    await reader.setViewportSize({ width: 390, height: 844 });
    await reader.context().addCookies(await admin.context().cookies());
    await reader.goto(`${BASE}/account`);
    await api(reader, 'PATCH', '/me', { language: 'zh' });
    for (const [path, name] of [['/chat', 'phone-chat'], ['/documents', 'phone-documents'], [`/chat/${secretConversation}`, 'phone-answer']]) {
      await reader.goto(BASE + path);
      await reader.getByRole('main').waitFor();
      await reader.waitForTimeout(1500); // the live events keep the network busy, so it never gets idle
      const wide = await reader.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check(wide <= 0, `${path} scrolls sideways by ${wide} px`);
      await shot(reader, name);
    }
    check(/[\u4e00-\u9fff]/.test(await reader.locator('body').innerText()), 'no Chinese on the page');
    await api(reader, 'PATCH', '/me', { language: 'en' });
  });

  await step('nothing was asked of another host and nothing failed in the pages', async () => {
    check(faults.length === 0, [...new Set(faults)].slice(0, 5).join(' | '));
  });
}

mkdirSync(SCREENSHOTS, { recursive: true });
console.log(`journey with ${basename(PDF)}`);
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  await journey(browser);
} catch (error) {
  console.log(error.stack);
  process.exitCode = 1;
} finally {
  await browser.close();
}
