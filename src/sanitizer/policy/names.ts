/**
 * Names that, as `id` or `name`, would hide a property which scripts outside the page (a reader mode, a screen reader,
 * an accessibility checker) rely on when they walk the document. Everything else stays, so that links and labels work.
 */
const clobbering = new Set(
  "__proto__ addEventListener appendChild append assignedSlot attachShadow attributes body childElementCount childNodes children classList className cloneNode closest constructor contains cookie createElement currentScript defaultView dispatchEvent documentElement domain elements firstChild firstElementChild forms getAttribute getAttributeNames getAttributeNode getElementById getElementsByClassName getElementsByName getElementsByTagName getRootNode hasAttribute hasAttributes hasChildNodes hasOwnProperty head implementation importNode innerHTML innerText insertAdjacentHTML insertBefore isConnected lastChild lastElementChild localName location matches namespaceURI nextElementSibling nextSibling nodeName nodeType nodeValue normalize outerHTML ownerDocument parentElement parentNode prefix prepend previousElementSibling previousSibling prototype querySelector querySelectorAll readyState remove removeAttribute removeChild removeEventListener replaceChild replaceChildren replaceWith requestSubmit scripts setAttribute shadowRoot styleSheets submit tagName textContent toString valueOf write writeln".split(
    " ",
  ),
);

export function isClobbering(name: string): boolean {
  return clobbering.has(name.trim());
}
