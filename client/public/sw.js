// Makes the page open without a network, and nothing more. It never answers for /api, and never
// instead of a server that can be reached: the page itself is always asked for first. Files below
// /assets/ have a hash in their name, so a copy of one is as good as the file. This worker knows no
// version of the page, so it can never hold on to an old one.
const CACHE = 'openrouter-native:shell';

/** Several builds of everything that a first visit loads. */
const MAX_ENTRIES = 200;

/** Belong to the page, and have no hash. */
const SMALL_FILES = new Set(['/theme.js', '/favicon.svg', '/manifest.webmanifest']);

/** Before the first visit was kept whole. */
const NOTHING_KEPT = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Offline</title><h1>You are offline</h1><p>Load this page again once you are online.</p></html>`;

addEventListener('install', () => skipWaiting());

addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('message', (event) => {
  const { type, urls } = event.data ?? {};
  if (type === 'keep' && Array.isArray(urls)) event.waitUntil(keepAll(urls));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/'))
    return;
  if (request.destination === 'document') event.respondWith(page(event));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(event));
  else if (SMALL_FILES.has(pathname)) event.respondWith(fresh(event));
});

/** Every address of the app is the same page, so one copy serves them all. */
async function page({ request }) {
  try {
    const response = await fetch(request);
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    if (response.ok && isPage && !response.redirected) await put('/', response.clone());
    return response;
  } catch {
    const kept = await caches.match('/', { cacheName: CACHE });
    const headers = { 'Content-Type': 'text/html; charset=utf-8' };
    return kept ?? new Response(NOTHING_KEPT, { status: 503, headers });
  }
}

async function asset({ request }) {
  const kept = await caches.match(request.url, { cacheName: CACHE });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && response.type === 'basic') await put(request.url, response.clone());
  return response;
}

async function fresh({ request }) {
  try {
    const response = await fetch(request);
    if (response.ok) await put(request.url, response.clone());
    return response;
  } catch (error) {
    const kept = await caches.match(request.url, { cacheName: CACHE });
    if (kept) return kept;
    throw error;
  }
}

/** What the page loaded before this worker was there; the browser has it at hand. */
async function keepAll(urls) {
  const cache = await caches.open(CACHE);
  for (const url of urls.filter(isShell).slice(0, MAX_ENTRIES)) {
    if (await cache.match(url)) continue;
    const response = await fetch(url).catch(() => null);
    if (response?.ok) await put(url, response);
  }
}

function isShell(url) {
  if (typeof url !== 'string' || !URL.canParse(url, location.origin)) return false;
  const { origin, pathname } = new URL(url, location.origin);
  const isPart = pathname === '/' || pathname.startsWith('/assets/') || SMALL_FILES.has(pathname);
  return origin === location.origin && isPart;
}

/** A full disk is no reason to answer with an error. */
async function put(url, response) {
  try {
    const cache = await caches.open(CACHE);
    await cache.delete(url); // Kept anew, it is the youngest.
    await cache.put(url, response);
    const keys = await cache.keys();
    const excess = keys.slice(0, Math.max(0, keys.length - MAX_ENTRIES));
    await Promise.all(excess.map((key) => cache.delete(key)));
  } catch {
    // The page works without it.
  }
}
