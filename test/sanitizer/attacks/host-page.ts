/**
 * The page in whose frames attacks are played. A frame shares its origin, so what runs there can call `top.ran`, and
 * this page can press, focus, open and submit everything in it.
 */
export const hostPage = `<!DOCTYPE html><link rel="icon" href="data:,"><style>iframe{position:fixed;width:160px;height:160px;border:0}</style><body><script>
const settled = ["http:", "https:", "mailto:", "tel:", "tg:"];
const protections = ["noopener", "noreferrer", "nofollow"];
let incidents = [];
const report = (path, kind, detail) => incidents.push({ path, kind, detail: String(detail) });
window.ran = (inside) => {
  while (inside.parent !== window) inside = inside.parent;
  report(inside.location.pathname, "ran", "");
};
const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const pause = async (ms) => {
  await painted();
  await new Promise((resolve) => setTimeout(resolve, ms));
  await painted();
};
navigation.addEventListener("navigate", (event) => {
  report("top", "navigated", event.destination.url);
  if (event.cancelable) event.preventDefault();
});

const events = ["mouseover", "mouseenter", "mousemove", "mousedown", "mouseup", "dblclick", "auxclick", "contextmenu", "mouseout", "wheel",
  "pointerdown", "pointerup", "pointerover", "pointerenter", "pointerrawupdate", "gotpointercapture", "keydown", "keyup", "keypress",
  "input", "beforeinput", "change", "select", "drag", "dragstart", "drop", "dragenter", "copy", "cut", "paste", "beforecopy", "touchstart",
  "touchend", "scrollend", "search", "focusin", "blur", "command", "toggle", "beforetoggle", "reset", "invalid", "cancel", "close"];

// What a page names must not get in the way of looking at it.
const everything = (root) => [...Document.prototype.querySelectorAll.call(root, "*")];
const attempt = (action) => { try { action(); } catch {} };

function checkLink(path, element, base) {
  // What an animation made of the address counts, not what was written.
  const href = element.href?.animVal ?? element.href;
  if (!href) return false;
  let url;
  try { url = new URL(href, base); } catch { return true; }
  if (!settled.includes(url.protocol)) return false;
  const rel = Element.prototype.getAttribute.call(element, "rel") ?? "";
  const leaves = url.origin !== location.origin;
  if (leaves && !protections.every((word) => rel.split(" ").includes(word))) report(path, "unprotected", href);
  return true;
}

function poke(path, frame) {
  const inside = frame.contentDocument;
  const window = frame.contentWindow;
  // A link that leads where links may lead is not followed, whatever in it is pressed.
  inside.addEventListener("click", (event) => {
    const links = event.composedPath().filter(({ localName }) => localName === "a" || localName === "area");
    // A link without an address hands the click on to the one around it.
    const link = links.find(({ href }) => (href?.animVal ?? href));
    if (link && checkLink(path, link, inside.baseURI)) event.preventDefault();
  }, true);
  for (const element of everything(inside)) {
    const name = element.localName;
    if ((name === "a" || name === "area") && checkLink(path, element, inside.baseURI)) continue;
    attempt(() => HTMLElement.prototype.focus.call(element));
    for (const type of events) attempt(() => EventTarget.prototype.dispatchEvent.call(element, new window.Event(type, { bubbles: true, cancelable: true })));
    attempt(() => EventTarget.prototype.dispatchEvent.call(element, new window.MouseEvent("click", { bubbles: true, cancelable: true, view: window })));
    if (name === "form") {
      attempt(() => HTMLFormElement.prototype.requestSubmit.call(element));
      attempt(() => HTMLFormElement.prototype.submit.call(element));
      attempt(() => HTMLFormElement.prototype.reset.call(element));
    }
    if (name === "dialog") attempt(() => { element.close(); element.showModal(); element.close("x"); });
    if (name === "details") attempt(() => { element.open = false; element.open = true; });
    attempt(() => element.popover && HTMLElement.prototype.showPopover.call(element));
    attempt(() => (element.scrollTop = 9));
  }
}

function checkClobbering(path, frame) {
  const inside = frame.contentDocument;
  for (let proto = window.Document.prototype; proto; proto = Object.getPrototypeOf(proto)) {
    for (const name of Object.getOwnPropertyNames(proto)) {
      if (Object.hasOwn(inside, name) && name !== "location") report(path, "clobbered", "document." + name);
      const value = attempt2(() => inside[name]);
      if (value instanceof frame.contentWindow.Element && !["body", "head", "documentElement", "activeElement", "scrollingElement", "rootElement", "firstElementChild", "lastElementChild", "firstChild", "lastChild", "fullscreenElement", "pointerLockElement"].includes(name)) report(path, "clobbered", "document." + name);
    }
  }
  for (const form of everything(inside).filter((element) => element.localName === "form")) {
    for (const name of ["attributes", "children", "parentNode", "nodeName", "tagName", "removeChild", "appendChild", "getAttribute", "setAttribute", "removeAttribute", "submit", "textContent", "innerHTML", "firstChild", "nextSibling", "childNodes", "ownerDocument", "remove", "namespaceURI", "insertBefore"]) {
      if (form[name] instanceof frame.contentWindow.HTMLElement && name !== "parentNode" && name !== "firstChild" && name !== "nextSibling") report(path, "clobbered", "form." + name);
      if (["parentNode", "firstChild", "nextSibling"].includes(name)) {
        const real = Object.getOwnPropertyDescriptor(frame.contentWindow.Node.prototype, name).get.call(form);
        if (form[name] !== real) report(path, "clobbered", "form." + name);
      }
    }
  }
}
function attempt2(action) { try { return action(); } catch { return undefined; } }

function checkPlace(path, frame) {
  let place;
  try { place = frame.contentWindow.location.href.split("#")[0]; } catch { place = "elsewhere"; }
  if (place !== location.origin + path) report(path, "navigated", place);
  return place === location.origin + path;
}

let frames = [];
const pointsPerFrame = 5;

// The middle of what can be seen of some elements, the innermost among them.
function pointsIn(frame) {
  const points = [];
  const { left, top, width, height } = frame.getBoundingClientRect();
  attempt(() => {
    for (const element of everything(frame.contentDocument).reverse()) {
      if (points.length >= pointsPerFrame) break;
      const box = Element.prototype.getBoundingClientRect.call(element);
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      if (box.width * box.height > 0 && x > 0 && y > 0 && x < width && y < height) points.push([left + x, top + y]);
    }
  });
  return points;
}

window.show = async (paths) => {
  frames = await Promise.all(paths.map((path, index) => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.src = path;
    frame.style.left = (index % 8) * 160 + "px";
    frame.style.top = Math.floor(index / 8) * 160 + "px";
    frame.onload = () => resolve([path, frame]);
    setTimeout(() => resolve([path, frame]), 5000);
    document.body.append(frame);
  })));
  await pause(80);
  return frames.flatMap(([, frame]) => pointsIn(frame));
};

window.pokeAll = async () => {
  for (const [path, frame] of frames) {
    if (!checkPlace(path, frame)) continue;
    if (Document.prototype.querySelector.call(frame.contentDocument, "[name], [id]")) attempt(() => checkClobbering(path, frame));
    attempt(() => poke(path, frame));
  }
  await pause(120);
  for (const [path, frame] of frames) checkPlace(path, frame);
  return incidents;
};
</script>`;
