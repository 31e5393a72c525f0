/**
 * Nothing on a page needs any of these. Names that a browser does not know are complained about on every page: `web-share`,
 * which Chromium knows on some systems only, is not here. Sharing takes a script, and none runs.
 */
const deniedFeatures = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "interest-cohort",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];

/**
 * No script runs, no request leaves, no form is sent, nobody frames the page, and a surviving
 * `<meta http-equiv=refresh>` goes nowhere: only `sandbox` stops that one. `allow-same-origin` lets
 * the page's own pictures and styles load; it is safe because scripts are never allowed.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "media-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "sandbox allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
].join("; ");

/**
 * The headers on every single response, whatever its status. One set for pages, assets and errors:
 * an SVG opened by itself is a document too.
 *
 * @param https Whether browsers reach the server over TLS, by its public address.
 */
export function createSecurityHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": contentSecurityPolicy,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": deniedFeatures.map((feature) => `${feature}=()`).join(", "),
    "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet",
    "X-DNS-Prefetch-Control": "off",
    "X-Permitted-Cross-Domain-Policies": "none",
    ...(https ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}
